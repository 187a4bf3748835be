#pragma once

#include "api/people/account_codes.hpp"
#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/session_types.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

/// Who is signed in proves anew who they are, before something sensitive.
struct Proof {
    Attempt attempt;  ///< with the address of the person
    PersonId person{};
    SessionId session{};
    EnteredFactor factor = {};
};

/// Keeps a proof by the password, which judge() compared, and by the second factor of who has one.
/// Refused when the throttle closed in between, and as check_second_factor() says.
[[nodiscard]] tl::expected<PersonId, SignInRefusal> keep_password_proof(store::Session& session,
                                                                        const AccountKey& key,
                                                                        const Proof& proof);

/// Keeps a proof by a code to sign in from a mail; never of staff, nor of who has a second factor.
/// The refusal is counted: what was written is to be kept.
[[nodiscard]] tl::expected<PersonId, SignInRefusal> prove_by_code(store::Session& session,
                                                                  const AccountKey& key,
                                                                  const Proof& proof,
                                                                  const std::string& letters);

}  // namespace creneau::people
