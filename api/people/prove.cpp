#include "api/people/prove.hpp"

#include "api/people/account_code_rules.hpp"
#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/ids.hpp"
#include "api/people/password_by_code.hpp"
#include "api/people/security_log.hpp"
#include "api/people/session_store.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

PersonId kept(store::Session& session, const Proof& proof) {
    const auto& [town, email, client, now] = proof.attempt;
    keep_proof(session, town, proof.session, now);
    log_security(
        session, town,
        {.action = "proved_anew", .actor = proof.person, .about = proof.person, .at = now});
    return proof.person;
}

}  // namespace

tl::expected<PersonId, SignInRefusal> keep_password_proof(store::Session& session,
                                                          const Proof& proof) {
    if (const auto delay = delay_of(session, proof.attempt); delay > std::chrono::seconds{0}) {
        return tl::unexpected(SignInRefusal{SignInError::throttled, delay});
    }
    forget_failures_of(session, proof.attempt);
    return kept(session, proof);
}

tl::expected<PersonId, SignInRefusal> prove_by_code(store::Session& session, const AccountKey& key,
                                                    const Proof& proof,
                                                    const std::string& letters) {
    const auto person = check_code(session, key, proof.attempt, {CodeKind::sign_in, letters});
    return person ? tl::expected<PersonId, SignInRefusal>(kept(session, proof)) : person;
}

}  // namespace creneau::people
