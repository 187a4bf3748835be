#pragma once

#include "api/http/request.hpp"
#include "api/people/ids.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::http {

/// A route as a code of the audit: "post.bookings.:id.approve" for POST
/// /api/v1/bookings/:id/approve; at most 64 characters.
[[nodiscard]] std::string route_code(std::string_view method, std::string_view pattern);

enum class Refused : std::uint8_t {
    forbidden,
    not_found,  ///< of a thing that the path names: what nobody may see is not there either
};

/// Notes what signed-in people were refused in the security log (forbidden or not_found; the route
/// is the ground), one line a person, route and minute, and so many a minute for all. Any thread.
class RefusalLog {
  public:
    static constexpr std::size_t kMostEachMinute = 200;

    explicit RefusalLog(store::Writer& writer) : writer_(writer) {}

    /// After the answer was sent: it waits for nothing. Never throws.
    void note(const Request& request, std::string_view pattern, Refused refused) noexcept;

  private:
    [[nodiscard]] bool is_first(people::PersonId person, const std::string& route,
                                std::chrono::sys_seconds now);

    store::Writer& writer_;
    std::mutex mutex_;
    std::chrono::sys_time<std::chrono::minutes> minute_{};
    std::set<std::pair<people::PersonId, std::string>> noted_;  // in that minute
};

}  // namespace creneau::http
