#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace creneau::people {

/// Failures of one subject: an account or a client's address.
struct Failures {
    std::int64_t count = 0;
    std::chrono::sys_seconds blocked_until{};
    std::chrono::sys_seconds last_at{};
};

/// How many failures a subject has for nothing. An address stands for a household or a town hall.
inline constexpr std::int64_t kFreeForAccount = 5;
inline constexpr std::int64_t kFreeForAddress = 25;
inline constexpr std::int64_t kFreeMails = 60;      // codes that a network asks for
inline constexpr std::int64_t kFreeHandings = 300;  // passes that a person mails to others
inline constexpr std::chrono::minutes kLongestDelay{10};
inline constexpr std::chrono::hours kFailuresForgotten{24};

/// One failure more. From `free` on, the delay is 2 s and doubles each time, up to kLongestDelay.
[[nodiscard]] Failures after_failure(const Failures& before, std::int64_t free,
                                     std::chrono::sys_seconds now);

/// What is left of the delay at `now`.
[[nodiscard]] std::chrono::seconds blocked_for(const Failures& failures,
                                               std::chrono::sys_seconds now);

/// The network an address counts for: itself for IPv4, its /64 for IPv6, which one household owns.
[[nodiscard]] std::string throttled_network(const std::string& address);

}  // namespace creneau::people
