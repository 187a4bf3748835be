#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace creneau::http {

/// How often one calendar may be read, and how often one client may ask for none. Counts in memory,
/// in this process only; any thread.
class FeedPace {
  public:
    static constexpr int kMost = 60;  ///< of a key in a window
    static constexpr std::chrono::minutes kWindow{10};
    static constexpr std::size_t kMostKeys = 10'000;  ///< past it, counting begins anew

    /// Counts one use of the key; how long to wait when it was one too many.
    [[nodiscard]] std::optional<std::chrono::seconds> too_soon(const std::string& key,
                                                               std::chrono::sys_seconds now);

  private:
    struct Window {
        std::chrono::sys_seconds ends;
        int uses = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Window> windows_;
};

}  // namespace creneau::http
