#pragma once

#include <chrono>
#include <cstdint>

namespace creneau::mail {

inline constexpr std::chrono::seconds kFirstRetry = std::chrono::minutes{1};
inline constexpr std::chrono::seconds kLongestRetry = std::chrono::hours{1};
inline constexpr std::chrono::seconds kPatience = std::chrono::hours{24};
inline constexpr std::int64_t kLeastAttempts = 12;

/// Whether a mail is given up after its failed attempt number `attempts`: a day old, and tried so
/// often that hours of trying lie behind it. A server that was off for the day has tried nothing.
[[nodiscard]] bool is_given_up(std::chrono::seconds age, std::int64_t attempts);

/// How long to wait after the failed attempt number `attempts` (from 1): 1 min doubling to 1 h,
/// spread by ± 20 % as `jitter` goes from 0 to 1.
[[nodiscard]] std::chrono::seconds retry_delay(std::int64_t attempts, double jitter);

/// The delay after a refusal for good: the longest, spread likewise. Sooner would change nothing.
[[nodiscard]] std::chrono::seconds retry_delay_after_refusal(double jitter);

}  // namespace creneau::mail
