#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace creneau::booking {

/// What the scanner says of a file.
struct Verdict {
    enum class Kind : std::uint8_t {
        clean,
        infected,
        unknown,  ///< it did not say either; the file may not be kept
    };
    Kind kind = Kind::unknown;
    std::string said =
        {};  ///< the name of the virus or why it is unknown, printable; for logs only
};

/// Reads the whole answer of clamd to an INSTREAM: only its own two sentences are believed.
[[nodiscard]] Verdict read_verdict(std::string_view answer);

/// ClamAV's clamd behind its Unix socket. Any thread.
class VirusScanner {
  public:
    static constexpr std::chrono::seconds kPatience{20};
    /// How long a file waits for the one before it: a scanner that hangs holds one thread alone.
    static constexpr std::chrono::seconds kTurn{2};

    explicit VirusScanner(std::filesystem::path socket,
                          std::chrono::milliseconds patience = kPatience);

    /// Gives the bytes to the scanner, one file at a time; whatever goes wrong is `unknown`.
    /// Answers within kTurn and the patience.
    [[nodiscard]] Verdict scan(std::string_view bytes) const;

    /// Whether it answers a PING.
    [[nodiscard]] bool answers() const;

    [[nodiscard]] const std::filesystem::path& socket() const { return socket_; }

  private:
    class Turn;

    std::filesystem::path socket_;
    std::chrono::milliseconds patience_;
    mutable std::mutex mutex_;
    mutable std::condition_variable free_;
    mutable bool is_scanning_ = false;  ///< guarded by mutex_
};

}  // namespace creneau::booking
