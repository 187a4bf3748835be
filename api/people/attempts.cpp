#include "api/people/attempts.hpp"

#include "api/people/people_store.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/people/throttle_rules.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

namespace creneau::people {

namespace {

std::string account_of(const Attempt& attempt) {
    return "account:" + canonical_email(attempt.email);
}

std::string address_of(const Attempt& attempt) {
    return "address:" + throttled_network(attempt.client);
}

std::chrono::seconds count(store::Session& session, const Attempt& attempt,
                           const std::string& subject, std::int64_t free) {
    const auto failures =
        after_failure(find_failures(session, attempt.town, subject), free, attempt.now);
    save_failures(session, attempt.town, subject, failures);
    return blocked_for(failures, attempt.now);
}

/// 0, and it is counted, where the subject need not wait.
std::chrono::seconds count_mail(store::Session& session, const Attempt& attempt,
                                const std::string& subject, std::int64_t free) {
    const auto delay = blocked_for(find_failures(session, attempt.town, subject), attempt.now);
    if (delay > std::chrono::seconds{0}) {
        return delay;
    }
    purge_failures(session, attempt.town, attempt.now - kFailuresForgotten);
    (void)count(session, attempt, subject, free);
    return std::chrono::seconds{0};
}

}  // namespace

std::chrono::seconds delay_of(store::Session& session, const Attempt& attempt) {
    const auto account = find_failures(session, attempt.town, account_of(attempt));
    const auto address = find_failures(session, attempt.town, address_of(attempt));
    return std::max(blocked_for(account, attempt.now), blocked_for(address, attempt.now));
}

std::chrono::seconds record_failure(store::Session& session, const Attempt& attempt) {
    purge_failures(session, attempt.town, attempt.now - kFailuresForgotten);
    const auto account = count(session, attempt, account_of(attempt), kFreeForAccount);
    const auto address = count(session, attempt, address_of(attempt), kFreeForAddress);
    return std::max(account, address);
}

void forget_failures_of(store::Session& session, const Attempt& attempt) {
    forget_failures(session, attempt.town, account_of(attempt));
}

std::chrono::seconds count_asked_mail(store::Session& session, const Attempt& attempt) {
    return count_mail(session, attempt, "mails:" + throttled_network(attempt.client), kFreeMails);
}

std::chrono::seconds count_handing(store::Session& session, TownId town, PersonId person,
                                   std::chrono::sys_seconds now) {
    Attempt attempt;
    attempt.town = town;
    attempt.now = now;
    return count_mail(session, attempt, "handings:" + std::to_string(store::raw(person)),
                      kFreeHandings);
}

}  // namespace creneau::people
