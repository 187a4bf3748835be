#pragma once

#include "api/http/request.hpp"
#include "api/people/ids.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::http {

/// A route as a code of the audit: "post.bookings.:id.approve" for POST
/// /api/v1/bookings/:id/approve; at most 64 characters.
[[nodiscard]] std::string route_code(std::string_view method, std::string_view pattern);

/// Notes what signed-in people were refused in the security log (forbidden; the route is the
/// ground), one line a person, route and minute, and so many a minute for all. Any thread.
class RefusalLog {
  public:
    static constexpr std::size_t kMostEachMinute = 200;

    explicit RefusalLog(store::Writer& writer) : writer_(writer) {}

    /// After the answer was sent: it waits for nothing. Never throws.
    void note(const Request& request, std::string_view pattern) noexcept;

  private:
    [[nodiscard]] bool is_first(people::PersonId person, const std::string& route,
                                std::chrono::sys_seconds now);

    store::Writer& writer_;
    std::mutex mutex_;
    std::chrono::sys_time<std::chrono::minutes> minute_{};
    std::set<std::pair<people::PersonId, std::string>> noted_;  // in that minute
};

}  // namespace creneau::http
