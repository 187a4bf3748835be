#include "api/http/feed_pace.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace creneau::http {

std::optional<std::chrono::seconds> FeedPace::too_soon(const std::string& key,
                                                       std::chrono::sys_seconds now) {
    const std::lock_guard lock(mutex_);
    if (windows_.size() >= kMostKeys) {
        std::erase_if(windows_, [now](const auto& entry) { return entry.second.ends <= now; });
    }
    if (windows_.size() >= kMostKeys) {
        windows_.clear();
    }
    Window& window = windows_[key];
    if (window.ends <= now) {
        window = {now + kWindow, 0};
    }
    if (window.uses >= kMost) {
        return window.ends - now;
    }
    ++window.uses;
    return std::nullopt;
}

}  // namespace creneau::http
