#include "api/http/account_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/json_text.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/account_code_rules.hpp"
#include "api/people/account_parts.hpp"
#include "api/people/asked_codes.hpp"
#include "api/people/attempts.hpp"
#include "api/people/change_password.hpp"
#include "api/people/ids.hpp"
#include "api/people/invite.hpp"
#include "api/people/new_password.hpp"
#include "api/people/password_by_code.hpp"
#include "api/people/password_rules.hpp"
#include "api/people/passwords.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/person.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/column.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using people::AccountParts;
using people::CodeKind;

constexpr std::size_t kLongestEmail = 254;
constexpr std::size_t kLongestSecret = 1024;
constexpr std::size_t kLongestCode = 40;

Response refused(const Request& request, people::InviteError error) {
    switch (error) {
        case people::InviteError::forbidden:
            return forbidden(request);
        case people::InviteError::proof_needed:
            return proof_needed(request);
        case people::InviteError::unknown_person:
            return unprocessable(
                request,
                {{"/person_id",
                  "unknown_person",
                  {"Personne de la ville n’a ce numéro.", "Nobody of the town has this number."}}});
        case people::InviteError::no_address:
            return unprocessable(request, {{"/person_id",
                                            "no_email",
                                            {"Cette personne n’a pas d’adresse électronique.",
                                             "This person has no e-mail address."}}});
        case people::InviteError::has_password:
            return problem_response(request, {409,
                                              "already_has_password",
                                              {"Cette personne a déjà un mot de passe ; elle peut "
                                               "en demander un nouveau elle-même.",
                                               "This person has a password already; they can ask "
                                               "for a new one themselves."}});
    }
    return forbidden(request);
}

Step invite(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto person = fields.id<people::PersonId>("person_id");
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request = words_of(request), person](store::Session& session) -> Answered {
        const auto invited =
            people::invite(session, {request.town, request.signed_in().id, person,
                                     request.signed_in_by().proved_at, request.now});
        if (!invited) {
            return tl::unexpected(refused(request, invited.error()));
        }
        return json_response(201, {{"person_id", store::raw(invited->person)},
                                   {"ends_at", to_rfc3339(invited->ends_at)}});
    });
}

Step ask_for_reset(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto attempt = attempt_of(request, fields.text("email", kLongestEmail));
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request = words_of(request), attempt](store::Session& session) -> Answered {
        return mail_may_come(request,
                             people::ask_for_code(session, attempt, CodeKind::password_reset));
    });
}

/// What stands against that password for that address, if anything does.
std::optional<Response> refusal_of(const Request& request, const std::string& password,
                                   const people::PasswordContext& context,
                                   const AccountParts& accounts) {
    const auto faults = people::judge_new_password(password, context, accounts.breached);
    if (!faults) {
        return no_password_can_be_set(request);
    }
    if (!faults->empty()) {
        return unprocessable(request, password_errors("/password", *faults));
    }
    return std::nullopt;
}

/// The delay of an attempt, and what makes a password of the address easy to guess.
struct Known {
    std::chrono::seconds delay{};
    people::PasswordContext context;
};

Known known_of(store::Readers& readers, const people::Attempt& attempt) {
    return readers.read([&](store::Session& session) {
        return Known{people::delay_of(session, attempt),
                     people::password_context(session, attempt.town, attempt.email)};
    });
}

/// A password by a code from a mail. Every step is the same for an address that nobody has.
Step accept(const Request& request, store::Readers& readers, const AccountParts& accounts,
            CodeKind kind) {
    auto fields = Fields::of_body(request);
    people::PasswordByCode order{attempt_of(request, fields.text("email", kLongestEmail)),
                                 {kind, fields.text("code", kLongestCode)},
                                 {}};
    const auto password = fields.secret("password", kLongestSecret);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto known = known_of(readers, order.attempt);
    if (known.delay > std::chrono::seconds{0}) {
        return too_many(request, known.delay);
    }
    if (auto refusal = refusal_of(request, password, known.context, accounts)) {
        return *std::move(refusal);
    }
    order.hash = people::hash_password(password);
    // A wrong code is counted, so that what was written is kept.
    return Work([request = words_of(request), &key = accounts.key,
                 order](store::Session& session) -> Answered {
        const auto person = people::set_password_by_code(session, key, order);
        return person ? no_content() : refused(request, person.error());
    });
}

/// Counts a wrong current password; that is kept.
Work wrong_password_work(const Request& request, const people::Attempt& attempt) {
    return [request = words_of(request), attempt](store::Session& session) -> Answered {
        return refused(request,
                       {people::SignInError::wrong, people::refuse_sign_in(session, attempt)});
    };
}

Work change_work(const Request& request, const people::ChangePassword& order) {
    return [request = words_of(request), order](store::Session& session) -> Answered {
        const auto changed = people::change_password(session, order);
        if (!changed) {
            return tl::unexpected(refused(request, changed.error()));
        }
        return no_content();
    };
}

people::ChangePassword change_of(const Request& request, const people::Attempt& attempt,
                                 const std::string& password) {
    return {attempt, request.signed_in().id, request.signed_in_by().id,
            people::hash_password(password), std::nullopt};
}

/// Without the current password: only where there is none, and after a fresh proof.
Step take_first_password(const Request& request, const people::Attempt& attempt,
                         const std::string& password, bool has_one) {
    if (has_one) {
        return unprocessable(request, {{"/current_password",
                                        "required",
                                        {"Ce champ est obligatoire : vous avez un mot de passe.",
                                         "This field is required: you have a password."}}});
    }
    if (!people::may_take_first_password(request.signed_in(), request.signed_in_by().proved_at,
                                         request.now)) {
        return proof_needed(request);
    }
    return change_work(request, change_of(request, attempt, password));
}

/// Whatever it says; who has no password leaves it out.
bool says_current_password(const Request& request) {
    const auto body = parse_json(request.body);
    return body && body->is_object() && body->contains("current_password");
}

Step change_password(const Request& request, store::Readers& readers,
                     const AccountParts& accounts) {
    auto fields = Fields::of_body(request);
    std::optional<std::string> current;
    if (says_current_password(request)) {
        current = fields.secret("current_password", kLongestSecret);
    }
    const auto password = fields.secret("password", kLongestSecret);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto attempt = attempt_of(request, request.signed_in().email);
    const auto known = known_of(readers, attempt);
    if (auto refusal = refusal_of(request, password, known.context, accounts)) {
        return *std::move(refusal);
    }
    const auto account = readers.read(
        [&](store::Session& session) { return people::find_account(session, attempt); });
    if (!current) {
        return take_first_password(request, attempt, password, !account.password_hash.empty());
    }
    const auto proved = people::judge(account, {attempt, *current});
    if (!proved) {
        return proved.error().error == people::SignInError::throttled
                   ? Step(refused(request, proved.error()))
                   : Step(wrong_password_work(request, attempt));
    }
    auto order = change_of(request, attempt, password);
    order.judged = account.password_hash;
    return change_work(request, order);
}

}  // namespace

void add_account_routes(Routes& routes, const AccountParts& accounts) {
    const auto accepting = [accounts](CodeKind kind) {
        return [accounts, kind](const Request& request, store::Readers& readers) {
            return accept(request, readers, accounts, kind);
        };
    };
    routes.create("/api/v1/invitations", invite);
    routes.hashing("POST", "/api/v1/invitations/accept", accepting(CodeKind::invitation),
                   Access::anyone);
    routes.write("POST", "/api/v1/password-resets", ask_for_reset, Access::anyone);
    routes.hashing("POST", "/api/v1/password-resets/accept", accepting(CodeKind::password_reset),
                   Access::anyone);
    routes.hashing("PUT", "/api/v1/me/password",
                   [accounts](const Request& request, store::Readers& readers) {
                       return change_password(request, readers, accounts);
                   });
}

}  // namespace creneau::http
