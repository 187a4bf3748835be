#include "api/people/second_factor/check_second_factor.hpp"

#include "api/mail/account_facts.hpp"
#include "api/people/account_key.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/attempts.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/factor_secret.hpp"
#include "api/people/second_factor/recovery_codes.hpp"
#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/people/second_factor/totp.hpp"
#include "api/people/security_log.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

/// What is compared, and for whom.
struct Comparison {
    FactorOwner owner;
    SecondFactorRow row;
    EnteredFactor entered;
    std::chrono::sys_seconds now;
};

bool takes_totp(store::Session& session, const AccountKey& key, const Comparison& compared) {
    const auto& [owner, row, entered, now] = compared;
    const auto secret = unseal_secret(key, owner, row.sealed);
    const auto step =
        secret ? step_of_code(*secret, typed_totp(entered.totp), now, row.last_step) : std::nullopt;
    return step && use_step(session, owner, *step);
}

bool takes_recovery_code(store::Session& session, const Comparison& compared) {
    const auto& [owner, row, entered, now] = compared;
    if (!take_recovery_code(session, owner, entered.recovery_code, now)) {
        return false;
    }
    log_security(
        session, owner.town,
        {.action = "recovery_code_used", .actor = owner.person, .about = owner.person, .at = now});
    queue_account_mail(session, owner.town, {owner.person, mail::kRecoveryCodeUsedMail}, now);
    return true;
}

}  // namespace

tl::expected<bool, SignInRefusal> check_second_factor(store::Session& session,
                                                      const AccountKey& key, const Attempt& attempt,
                                                      PersonId person,
                                                      const EnteredFactor& entered) {
    const FactorOwner owner{attempt.town, person};
    const auto row = find_second_factor(session, owner);
    if (!row || !row->is_on()) {
        return false;
    }
    if (entered.totp.empty() && entered.recovery_code.empty()) {
        return tl::unexpected(SignInRefusal{SignInError::second_factor_needed});
    }
    const Comparison compared{owner, *row, entered, attempt.now};
    const bool is_right = entered.totp.empty() ? takes_recovery_code(session, compared)
                                               : takes_totp(session, key, compared);
    if (!is_right) {
        return tl::unexpected(
            SignInRefusal{SignInError::wrong, refuse_sign_in(session, attempt, "second_factor")});
    }
    return true;
}

FactorState factor_state_of(store::Session& session, TownId town, const Person& person) {
    if (has_second_factor(session, {town, person.id})) {
        return FactorState::on;
    }
    return is_staff(person) ? FactorState::must_enrol : FactorState::off;
}

}  // namespace creneau::people
