#pragma once

#include <chrono>
#include <cstdint>

namespace creneau::mail {

inline constexpr std::chrono::seconds kFirstRetry = std::chrono::minutes{1};
inline constexpr std::chrono::seconds kLongestRetry = std::chrono::hours{1};
inline constexpr std::chrono::seconds kPatience = std::chrono::hours{24};

/// How long to wait after the failed attempt number `attempts` (from 1): 1 min doubling to 1 h,
/// spread by ± 20 % as `jitter` goes from 0 to 1.
[[nodiscard]] std::chrono::seconds retry_delay(std::int64_t attempts, double jitter);

/// The delay after a refusal for good: the longest, spread likewise. Sooner would change nothing.
[[nodiscard]] std::chrono::seconds retry_delay_after_refusal(double jitter);

}  // namespace creneau::mail
