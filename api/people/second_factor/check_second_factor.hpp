#pragma once

#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <tl/expected.hpp>

namespace creneau::people {

/// Whether somebody who has proved their password may come in: true when their second factor was
/// right and is now used up, false when they have none. Refused with `second_factor_needed` when
/// nothing was entered, and with `wrong` otherwise, which is counted: what was written is to be
/// kept.
[[nodiscard]] tl::expected<bool, SignInRefusal> check_second_factor(store::Session& session,
                                                                    const AccountKey& key,
                                                                    const Attempt& attempt,
                                                                    PersonId person,
                                                                    const EnteredFactor& entered);

/// How a person stands: `must_enrol` for staff without one.
[[nodiscard]] FactorState factor_state_of(store::Session& session, TownId town,
                                          const Person& person);

}  // namespace creneau::people
