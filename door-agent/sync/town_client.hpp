#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::door {

/// Where the town answers ([town] of the configuration).
struct TownSettings {
    std::string url;      ///< "https://salles.example.org"; empty: this agent asks no town
    std::string tls_pin;  ///< "sha256//…" of the server's public key; empty: its certificate alone
    std::string ca_file;  ///< the certificates to believe; empty: those of the system
};

struct TownRequest {
    std::string path;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::chrono::seconds patience{40};
    bool trust_dates = true;  ///< false while the clock is untrusted: the pinned key alone counts
};

struct TownAnswer {
    long status = 0;
    std::string body;
};

/// One HTTPS connection to the town, kept open. One thread, but for interrupt().
class TownClient {
  public:
    static constexpr std::size_t kLargestAnswer = std::size_t{1} << 20;

    explicit TownClient(TownSettings settings);
    ~TownClient();
    TownClient(const TownClient&) = delete;
    TownClient& operator=(const TownClient&) = delete;

    /// POST of a JSON body; or why no answer came, in English.
    [[nodiscard]] tl::expected<TownAnswer, std::string> post(const TownRequest& request);

    /// Gives the request under way up within a second, or the next one at once. Any thread.
    void interrupt() { interrupted_ = true; }
    /// Whether the last request was given up so; asked once.
    [[nodiscard]] bool take_interrupted() { return interrupted_.exchange(false); }

  private:
    void set_up(const TownRequest& request);

    TownSettings settings_;
    void* handle_ = nullptr;
    std::atomic<bool> interrupted_{false};
};

}  // namespace creneau::door
