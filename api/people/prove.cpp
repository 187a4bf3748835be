#include "api/people/prove.hpp"

#include "api/people/account_code_rules.hpp"
#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/ids.hpp"
#include "api/people/password_by_code.hpp"
#include "api/people/second_factor/check_second_factor.hpp"
#include "api/people/second_factor/proved_by.hpp"
#include "api/people/security_log.hpp"
#include "api/people/session_store.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

PersonId kept(store::Session& session, const Proof& proof, ProvedBy proved_by) {
    const auto& [town, email, client, now] = proof.attempt;
    keep_proof(session, town, proof.session, proved_by, now);
    log_security(
        session, town,
        {.action = "proved_anew", .actor = proof.person, .about = proof.person, .at = now});
    return proof.person;
}

}  // namespace

tl::expected<PersonId, SignInRefusal> keep_password_proof(store::Session& session,
                                                          const AccountKey& key,
                                                          const Proof& proof) {
    if (const auto delay = delay_of(session, proof.attempt); delay > std::chrono::seconds{0}) {
        return tl::unexpected(SignInRefusal{SignInError::throttled, delay});
    }
    const auto factor =
        check_second_factor(session, key, proof.attempt, proof.person, proof.factor);
    if (!factor) {
        return tl::unexpected(factor.error());
    }
    forget_failures_of(session, proof.attempt);
    return kept(session, proof, *factor ? ProvedBy::second_factor : ProvedBy::password);
}

tl::expected<PersonId, SignInRefusal> prove_by_code(store::Session& session, const AccountKey& key,
                                                    const Proof& proof,
                                                    const std::string& letters) {
    const auto person = check_code(session, key, proof.attempt, {CodeKind::sign_in, letters});
    return person ? tl::expected<PersonId, SignInRefusal>(kept(session, proof, ProvedBy::code))
                  : person;
}

}  // namespace creneau::people
