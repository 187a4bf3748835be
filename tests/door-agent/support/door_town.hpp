#pragma once

#include "tests/policy/sample_town.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace creneau::door::test {

/// Where a test's pass is valid and how often.
struct PassWish {
    std::uint64_t id = 1;
    std::uint8_t revision = 0;
    std::chrono::sys_seconds from{};
    std::chrono::minutes length{60};
    std::uint16_t scope = policy::kHallZone;
    qr::Use use = qr::Use::many;
    std::uint8_t key_id = 1;
};

/// The sample town with certificates that are valid around `now`.
class DoorTown {
  public:
    explicit DoorTown(std::chrono::sys_seconds now);

    policy::SampleTown town;

    /// Bytes of a policy issued at `now` with this version.
    [[nodiscard]] std::vector<std::uint8_t> policy_file(std::uint64_t version) const;
    [[nodiscard]] policy::Policy policy(std::uint64_t version = 1) const;
    void revoke(std::uint64_t pass_id, std::uint8_t revision);
    [[nodiscard]] std::string digits(const PassWish& wish) const;
    [[nodiscard]] std::string digits_of_another_town(const PassWish& wish) const;
    [[nodiscard]] std::chrono::sys_seconds now() const { return now_; }

  private:
    [[nodiscard]] policy::Certificate around_now(policy::KeyUse use) const;
    std::chrono::sys_seconds now_;
};

void write_file(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes);

/// A fresh folder, removed with everything in it.
class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace creneau::door::test
