#pragma once

#include "policy/badge.hpp"
#include "policy/error.hpp"
#include "policy/policy.hpp"
#include "policy/schedule.hpp"
#include "qr/pass.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

// The page of a row among 2^bits: the first bits of BLAKE2b-256 of the 7 bytes of a pass id or the
// 4 of another id; of a badge those of its hash.
[[nodiscard]] std::size_t page_of(qr::PassId pass, unsigned bits);
[[nodiscard]] std::size_t page_of(ScheduleId schedule, unsigned bits);
[[nodiscard]] std::size_t page_of(AccessSetId set, unsigned bits);
[[nodiscard]] std::size_t page_of(const BadgeHash& badge, unsigned bits);

/// What doors go by besides badges; each list ascends by its id.
struct RulePage {
    std::vector<Revocation> revocations;
    std::vector<Schedule> schedules;
    std::vector<AccessSet> access_sets;
};

[[nodiscard]] std::vector<std::uint8_t> write_rule_page(const RulePage& page);

/// `badges` ascending by hash.
[[nodiscard]] std::vector<std::uint8_t> write_badge_page(std::span<const BadgeRecord> badges);

/// Which page of how many is read, and its name in errors.
struct PageSlot {
    std::size_t index;
    unsigned bits;
    std::string_view place;
};

/// Appends the page's rows to those of `to`. Refuses rows out of order or of another page.
[[nodiscard]] tl::expected<void, PolicyError> read_rule_page(std::span<const std::uint8_t> page,
                                                             const PageSlot& slot, RulePage& to);
[[nodiscard]] tl::expected<void, PolicyError> read_badge_page(std::span<const std::uint8_t> page,
                                                              const PageSlot& slot,
                                                              std::vector<BadgeRecord>& to);

}  // namespace creneau::policy
