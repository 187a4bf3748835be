#pragma once

#include "api/signer/signer_config.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace creneau::signer {

/// Token buckets: one for all passes, one for each credential. Each starts full and refills evenly.
/// Instants come from a clock that never goes back. One thread.
class RateLimit {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    explicit RateLimit(const RateLimits& limits);

    /// Takes one token from both buckets, or none and answers false.
    bool take(std::int64_t credential_id, Instant now);

    /// Buckets in memory; full ones are forgotten.
    [[nodiscard]] std::size_t remembered() const { return credentials_.size(); }

  private:
    struct Bucket {
        double tokens;
        Instant filled_at;
    };
    struct Refill {
        double most;
        double per_second;
        void fill(Bucket& bucket, Instant now) const;
    };
    void forget_full_buckets(Instant now);

    Refill all_rule_;
    Refill credential_rule_;
    Bucket all_;
    std::unordered_map<std::int64_t, Bucket> credentials_;
};

}  // namespace creneau::signer
