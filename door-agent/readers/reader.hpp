#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace creneau::door {

/// One complete reading, without its ending (CR, LF, TAB, Enter). 1 to 512 bytes of whatever the
/// device sent: to be judged, never trusted.
struct ReaderFrame {
    std::string reader;
    std::string text;
    BootTime at;  ///< when the ending arrived
};

enum class ReaderNotice : std::uint8_t {
    lost,       ///< the device is gone or cannot be opened; it is looked for until it is back
    back,       ///< opened (also the first time); what it had stored meanwhile was thrown away
    overlong,   ///< more than 512 bytes without an ending; thrown away up to the next one
    timed_out,  ///< a frame did not end within its time; thrown away
    spoiled,    ///< noise, or a card that could not be read: `detail` counts them
};

/// The notice's stable word for journal and logs, e.g. "timed_out".
[[nodiscard]] const char* word_of(ReaderNotice notice) noexcept;

/// Called on the reader's own thread; must be brief and must not throw. Both must be set.
struct ReaderListener {
    std::function<void(ReaderFrame)> frame;
    std::function<void(const std::string& reader, ReaderNotice notice, const std::string& detail)>
        notice;
};

/// A device that reads badges or codes. Construction never fails for a missing device: it is a
/// `lost` notice and is opened when it comes. Nothing read while the device was gone, or before
/// start(), is ever delivered. The destructor stops and joins.
class Reader {
  public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    virtual void start() = 0;
};

}  // namespace creneau::door
