#include "api/people/second_factor/enrol.hpp"

#include "api/mail/account_facts.hpp"
#include "api/people/account_key.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/attempts.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/second_factor/factor_secret.hpp"
#include "api/people/second_factor/proved_by.hpp"
#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/people/second_factor/totp.hpp"
#include "api/people/security_log.hpp"
#include "api/people/session_store.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in.hpp"
#include "api/people/town_words_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

FactorOwner owner_of(const Enrolling& who) {
    return {who.attempt.town, who.person};
}

/// A mailbox alone gives nobody a second factor: it would lock the holder of the password out.
bool has_proved(store::Session& session, const Enrolling& who) {
    const auto row = find_session_of(session, {who.attempt.town, who.person}, who.session);
    return row && row->proved_by != ProvedBy::code && is_fresh(row->proved_at, who.attempt.now);
}

void log(store::Session& session, const Enrolling& who, std::string_view action) {
    log_security(
        session, who.attempt.town,
        {.action = action, .actor = who.person, .about = who.person, .at = who.attempt.now});
}

void switch_on(store::Session& session, const FirstCode& order, std::int64_t step) {
    const auto& who = order.who;
    const auto owner = owner_of(who);
    const auto now = who.attempt.now;
    switch_on_second_factor(session, owner, step, now);
    replace_recovery_codes(session, owner, order.recovery_hashes);
    close_sessions_of(session, owner.town, owner.person, who.session);
    keep_proof(session, owner.town, who.session, ProvedBy::second_factor, now);
    forget_failures_of(session, who.attempt);
    log(session, who, "second_factor_on");
    queue_account_mail(session, owner.town, {owner.person, mail::kSecondFactorOnMail}, now);
}

}  // namespace

tl::expected<AppSetup, EnrolRefusal> start_second_factor(store::Session& session,
                                                         const AccountKey& key,
                                                         const Enrolling& who,
                                                         const TotpSecret& secret) {
    if (!has_proved(session, who)) {
        return tl::unexpected(EnrolRefusal{EnrolError::proof_needed});
    }
    keep_pending_secret(session, owner_of(who), seal_secret(key, owner_of(who), secret));
    log(session, who, "second_factor_started");
    const auto town = find_town_words(session, who.attempt.town).name;
    auto letters = base32_of(secret);
    auto uri = otpauth_uri({town, who.attempt.email}, letters);
    return AppSetup{std::move(letters), std::move(uri)};
}

tl::expected<PersonId, EnrolRefusal> confirm_second_factor(store::Session& session,
                                                           const AccountKey& key,
                                                           const FirstCode& order) {
    const auto& who = order.who;
    if (const auto delay = delay_of(session, who.attempt); delay > std::chrono::seconds{0}) {
        return tl::unexpected(EnrolRefusal{EnrolError::throttled, delay});
    }
    if (!has_proved(session, who)) {
        return tl::unexpected(EnrolRefusal{EnrolError::proof_needed});
    }
    const auto row = find_second_factor(session, owner_of(who));
    if (!row || row->pending.empty()) {
        return tl::unexpected(EnrolRefusal{EnrolError::not_started});
    }
    constexpr std::int64_t kNoneBefore = 0;
    const auto secret = unseal_secret(key, owner_of(who), row->pending);
    const auto step =
        secret ? step_of_code(*secret, typed_totp(order.totp), who.attempt.now, kNoneBefore)
               : std::nullopt;
    if (!step) {
        // Else who has stolen a session could try them all while the secret waits.
        return tl::unexpected(
            EnrolRefusal{EnrolError::wrong, refuse_sign_in(session, who.attempt, "second_factor")});
    }
    switch_on(session, order, *step);
    return who.person;
}

tl::expected<PersonId, EnrolRefusal> renew_recovery_codes(store::Session& session,
                                                          const Enrolling& who,
                                                          const std::vector<std::string>& hashes) {
    if (!has_second_factor(session, owner_of(who))) {
        return tl::unexpected(EnrolRefusal{EnrolError::not_on});
    }
    if (!has_proved(session, who)) {
        return tl::unexpected(EnrolRefusal{EnrolError::proof_needed});
    }
    replace_recovery_codes(session, owner_of(who), hashes);
    log(session, who, "recovery_codes_renewed");
    return who.person;
}

}  // namespace creneau::people
