#pragma once

#include "api/people/person.hpp"

#include <chrono>

namespace creneau::people {

/// How long a proof of who somebody is serves for what is sensitive.
inline constexpr std::chrono::minutes kProofServes{10};

/// Works for the town: the office and administrators.
[[nodiscard]] bool is_staff(const Person& person);

/// May do without a password: everybody but staff.
[[nodiscard]] bool may_sign_in_by_code(const Person& person);

/// Invites people of the town; staff are invited by administrators alone.
[[nodiscard]] bool may_invite(const Person& actor);
[[nodiscard]] bool may_invite(const Person& actor, const Person& invited);

/// Whether who is at the screen proved lately who they are.
[[nodiscard]] bool is_fresh(std::chrono::sys_seconds proved_at, std::chrono::sys_seconds now);

/// Reads who did what in the town: administrators.
[[nodiscard]] bool may_read_audit(const Person& person);

}  // namespace creneau::people
