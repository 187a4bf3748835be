#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

// SQL of second factors, each query within one town.

/// A row as it rests: secrets are sealed.
struct SecondFactorRow {
    std::string sealed;   ///< "" until it is switched on
    std::string pending;  ///< "" unless one waits for its first code
    std::int64_t last_step = 0;

    [[nodiscard]] bool is_on() const { return !sealed.empty(); }
};

struct FactorOwner {
    TownId town{};
    PersonId person{};
};

[[nodiscard]] std::optional<SecondFactorRow> find_second_factor(store::Session& session,
                                                                const FactorOwner& owner);
/// Whether theirs is switched on; runs the same for nobody (PersonId 0).
[[nodiscard]] bool has_second_factor(store::Session& session, const FactorOwner& owner);

/// Keeps a sealed secret that waits for its first code, instead of one that waited before.
void keep_pending_secret(store::Session& session, const FactorOwner& owner,
                         const std::string& sealed);
/// The pending secret becomes the person's; the code of `step` has been used.
void switch_on_second_factor(store::Session& session, const FactorOwner& owner, std::int64_t step,
                             std::chrono::sys_seconds now);
/// Notes the step of a code that is accepted; false when it or a later one was before.
[[nodiscard]] bool use_step(store::Session& session, const FactorOwner& owner, std::int64_t step);

/// Deletes it with its recovery codes; false when the person has none.
[[nodiscard]] bool delete_second_factor(store::Session& session, const FactorOwner& owner);

/// These recovery codes and no others, as hashes.
void replace_recovery_codes(store::Session& session, const FactorOwner& owner,
                            const std::vector<std::string>& hashes);
struct RecoveryRow {
    std::int64_t id = 0;
    std::string hash;
};
/// Those that are not used.
[[nodiscard]] std::vector<RecoveryRow> find_recovery_codes(store::Session& session,
                                                           const FactorOwner& owner);
/// False when it was used in between.
[[nodiscard]] bool use_recovery_code(store::Session& session, TownId town, std::int64_t id,
                                     std::chrono::sys_seconds now);

}  // namespace creneau::people
