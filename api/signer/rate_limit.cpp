#include "api/signer/rate_limit.hpp"

#include "api/signer/signer_config.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <unordered_map>

namespace creneau::signer {
namespace {
constexpr double kMinute = 60;
constexpr double kHour = 3600;
constexpr std::size_t kMostRemembered = 10'000;
}  // namespace

RateLimit::RateLimit(const RateLimits& limits)
    : all_rule_{static_cast<double>(limits.passes_per_minute),
                static_cast<double>(limits.passes_per_minute) / kMinute},
      credential_rule_{static_cast<double>(limits.passes_per_credential_per_hour),
                       static_cast<double>(limits.passes_per_credential_per_hour) / kHour},
      all_{all_rule_.most, Instant::min()} {}

void RateLimit::Refill::fill(Bucket& bucket, Instant now) const {
    if (bucket.filled_at == Instant::min()) {
        bucket = {most, now};
    }
    const std::chrono::duration<double> passed = now - bucket.filled_at;
    bucket = {std::min(most, bucket.tokens + (passed.count() * per_second)), now};
}

bool RateLimit::take(std::int64_t credential_id, Instant now) {
    if (credentials_.size() >= kMostRemembered) {
        forget_full_buckets(now);
    }
    if (credentials_.size() >= kMostRemembered && !credentials_.contains(credential_id)) {
        return false;
    }
    auto& own = credentials_.try_emplace(credential_id, Bucket{0, Instant::min()}).first->second;
    credential_rule_.fill(own, now);
    all_rule_.fill(all_, now);
    if (own.tokens < 1 || all_.tokens < 1) {
        return false;
    }
    own.tokens -= 1;
    all_.tokens -= 1;
    return true;
}

void RateLimit::forget_full_buckets(Instant now) {
    for (auto entry = credentials_.begin(); entry != credentials_.end();) {
        credential_rule_.fill(entry->second, now);
        const bool full = entry->second.tokens >= credential_rule_.most;
        entry = full ? credentials_.erase(entry) : std::next(entry);
    }
}

}  // namespace creneau::signer
