#include "api/people/sign_in.hpp"

#include "api/people/passwords.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/people/throttle_rules.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace creneau::people {

namespace {

std::string account_of(const SignIn& sign_in) {
    return "account:" + canonical_email(sign_in.email);
}

std::string address_of(const SignIn& sign_in) {
    return "address:" + throttled_network(sign_in.client);
}

std::chrono::seconds delay_of(store::Session& session, const SignIn& sign_in) {
    const auto account = find_failures(session, sign_in.town, account_of(sign_in));
    const auto address = find_failures(session, sign_in.town, address_of(sign_in));
    return std::max(blocked_for(account, sign_in.now), blocked_for(address, sign_in.now));
}

SignInRefusal throttled(std::chrono::seconds delay) {
    return {SignInError::throttled, delay};
}

}  // namespace

Account find_account(store::Session& session, const SignIn& sign_in) {
    Account account;
    account.blocked_for = delay_of(session, sign_in);
    const auto person = find_person_by_email(session, sign_in.town, sign_in.email);
    if (person) {
        account.person = person->id;
        account.password_hash = find_password_hash(session, sign_in.town, person->id).value_or("");
    }
    return account;
}

tl::expected<PersonId, SignInRefusal> judge(const Account& account, const SignIn& sign_in) {
    if (account.blocked_for > std::chrono::seconds{0}) {
        return tl::unexpected(throttled(account.blocked_for));
    }
    const bool matches = password_matches(sign_in.password, account.password_hash);
    if (!matches || !account.person) {
        return tl::unexpected(SignInRefusal{});
    }
    return *account.person;
}

tl::expected<Opened, SignInRefusal> open_signed_in(store::Session& session, const SignIn& sign_in,
                                                   PersonId person, const std::string& token) {
    if (const auto delay = delay_of(session, sign_in); delay > std::chrono::seconds{0}) {
        return tl::unexpected(throttled(delay));
    }
    auto found = find_person(session, sign_in.town, person);
    if (!found) {
        return tl::unexpected(SignInRefusal{});
    }
    forget_failures(session, sign_in.town, account_of(sign_in));
    open_session(session, sign_in.town, person, token, sign_in.now);
    return Opened{token, std::move(*found)};
}

std::chrono::seconds record_failure(store::Session& session, const SignIn& sign_in) {
    purge_failures(session, sign_in.town, sign_in.now - kFailuresForgotten);
    const auto count = [&](const std::string& subject, std::int64_t free) {
        const auto failures =
            after_failure(find_failures(session, sign_in.town, subject), free, sign_in.now);
        save_failures(session, sign_in.town, subject, failures);
        return blocked_for(failures, sign_in.now);
    };
    const auto account = count(account_of(sign_in), kFreeForAccount);
    const auto address = count(address_of(sign_in), kFreeForAddress);
    return std::max(account, address);
}

}  // namespace creneau::people
