#include "api/mail/retry.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace creneau::mail {
namespace {

std::chrono::seconds spread(std::chrono::seconds delay, double jitter) {
    const double factor = 0.8 + 0.4 * std::clamp(jitter, 0.0, 1.0);
    return std::chrono::round<std::chrono::seconds>(std::chrono::duration<double>(delay) * factor);
}

}  // namespace

std::chrono::seconds retry_delay(std::int64_t attempts, double jitter) {
    const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 10);
    return spread(std::min(kLongestRetry, kFirstRetry * (std::int64_t{1} << doublings)), jitter);
}

std::chrono::seconds retry_delay_after_refusal(double jitter) {
    return spread(kLongestRetry, jitter);
}

bool is_given_up(std::chrono::seconds age, std::int64_t attempts) {
    return age >= kPatience && attempts >= kLeastAttempts;
}

}  // namespace creneau::mail
