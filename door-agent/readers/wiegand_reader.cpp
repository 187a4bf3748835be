#include "door-agent/readers/wiegand_reader.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/gpio/chip_gpio.hpp"
#include "door-agent/gpio/gpio.hpp"
#include "door-agent/readers/reader.hpp"
#include "door-agent/readers/reader_thread.hpp"
#include "door-agent/readers/spoiled_count.hpp"
#include "door-agent/readers/wiegand_bits.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <poll.h>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLookAgain{500};
/// A chip that is gone shows at the latest then.
constexpr milliseconds kLongestWait{1000};

/// The clock of the kernel's instants.
std::chrono::nanoseconds kernel_now() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

}  // namespace

class WiegandReader::Worker {
  public:
    Worker(WiegandReaderSettings settings, ReaderListener listener, std::unique_ptr<Gpio> gpio)
        : settings_(std::move(settings)),
          listener_(std::move(listener)),
          gpio_(std::move(gpio)),
          bits_(settings_.form) {}

    void start() {
        thread_.start([this] { run(); });
    }

  private:
    void run() {
        bool lost = false;
        do {
            std::string why;
            const LineChoice choice{settings_.chip, {settings_.data0, settings_.data1}, false};
            const auto lines = gpio_->edges(choice, why);
            // What came while nobody listened is not read.
            if (lines && take(*lines)) {
                lost = false;
                bits_.clear();
                listener_.notice(settings_.key, ReaderNotice::back, "");
                read_until_gone(*lines);
                why = settings_.chip + ": the lines are gone";
            }
            if (!thread_.stopping() && !std::exchange(lost, true)) {
                listener_.notice(settings_.key, ReaderNotice::lost, why);
            }
        } while (thread_.pause(kLookAgain));
    }

    void read_until_gone(GpioEdges& lines) {
        while (wait(lines)) {
            const auto now = kernel_now();
            if (!take(lines)) {
                return;
            }
            tell(bits_.end(now));
        }
    }

    /// Until there is something to do; false when it is time to stop.
    bool wait(const GpioEdges& lines) const {
        std::array<pollfd, 3> waiting{pollfd{lines.descriptor(0), POLLIN, 0},
                                      pollfd{lines.descriptor(1), POLLIN, 0},
                                      pollfd{thread_.stop_descriptor(), POLLIN, 0}};
        milliseconds limit = kLongestWait;
        if (const auto due = bits_.due()) {
            const auto left = std::chrono::ceil<milliseconds>(*due - kernel_now());
            limit = std::clamp(left, milliseconds(0), kLongestWait);
        }
        const int ready = poll(waiting.data(), waiting.size(), static_cast<int>(limit.count()));
        return !thread_.stopping() && (ready >= 0 || errno == EINTR);
    }

    bool take(GpioEdges& lines) {
        for (const std::size_t line : {std::size_t{0}, std::size_t{1}}) {
            const auto edges = lines.take(line);
            if (!edges) {
                return false;
            }
            for (const EdgeTime at : *edges) {
                bits_.take({at, line == 1});
            }
        }
        return true;
    }

    void tell(const WiegandBits::Ended& ended) {
        const BootTime now = boot_now();
        for (const auto number : ended.numbers) {
            listener_.frame({settings_.key, std::to_string(number), now});
        }
        spoiled_.add(ended.spoiled);
        if (const auto readings = spoiled_.to_tell(now)) {
            listener_.notice(
                settings_.key, ReaderNotice::spoiled,
                std::to_string(*readings) + " readings: noise, or a wrong length or parity");
        }
    }

    const WiegandReaderSettings settings_;
    const ReaderListener listener_;
    const std::unique_ptr<Gpio> gpio_;
    WiegandBits bits_;
    SpoiledCount spoiled_;
    ReaderThread thread_;
};

WiegandReader::WiegandReader(const WiegandReaderSettings& settings, ReaderListener listener)
    : WiegandReader(settings, std::move(listener), std::make_unique<ChipGpio>()) {}

WiegandReader::WiegandReader(const WiegandReaderSettings& settings, ReaderListener listener,
                             std::unique_ptr<Gpio> gpio)
    : worker_(std::make_unique<Worker>(settings, std::move(listener), std::move(gpio))) {}

WiegandReader::~WiegandReader() = default;

void WiegandReader::start() {
    worker_->start();
}

}  // namespace creneau::door
