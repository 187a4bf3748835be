#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace creneau::signer {

/// The last policy version given out for each agent (files policy-version-ID in the state
/// directory), so that versions grow even when the clock is set back.
class PolicyVersions {
  public:
    explicit PolicyVersions(std::filesystem::path state);

    /// max(previous + 1, now), on disk before it returns. Throws std::runtime_error when the file
    /// is damaged, std::system_error when it cannot be written.
    std::uint64_t next(std::int64_t agent_id, std::chrono::sys_time<std::chrono::milliseconds> now);

  private:
    std::filesystem::path state_;
};

}  // namespace creneau::signer
