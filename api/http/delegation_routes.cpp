#include "api/http/delegation_routes.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/delegations/delegation_rules.hpp"
#include "api/booking/delegations/delegation_store.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/booking/delegations/manage_delegations.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using booking::DelegationFault;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongTime = 40;

nlohmann::json to_json(const booking::Delegation& delegation, const std::string& today) {
    return {
        {"id", static_cast<std::int64_t>(delegation.id)},
        {"delegator_id", static_cast<std::int64_t>(delegation.delegator)},
        {"delegator_name", delegation.delegator_name},
        {"delegate_id", static_cast<std::int64_t>(delegation.delegate)},
        {"delegate_name", delegation.delegate_name},
        {"site_id", delegation.site ? nlohmann::json(static_cast<std::int64_t>(*delegation.site))
                                    : nlohmann::json(nullptr)},
        {"from", delegation.from},
        {"until", delegation.until},
        {"stands", booking::stands_on(delegation, today)},
        {"created_at", to_rfc3339(delegation.created_at)},
        {"ended_at", delegation.ended_at ? nlohmann::json(to_rfc3339(*delegation.ended_at))
                                         : nlohmann::json(nullptr)}};
}

FieldError error_of(DelegationFault fault) {
    const Text date{"Une date est attendue : 2026-12-05.", "A date is expected: 2026-12-05."};
    switch (fault) {
        case DelegationFault::unknown_delegate:
            return {"/delegate_id",
                    "unknown_delegate",
                    {"Choisissez quelqu’un qui travaille pour la ville, dont le compte est ouvert "
                     "et qui a une adresse électronique.",
                     "Choose somebody who works for the town, whose account is enabled and who has "
                     "an e-mail address."}};
        case DelegationFault::delegate_is_oneself:
            return {"/delegate_id",
                    "delegate_is_oneself",
                    {"Choisissez quelqu’un d’autre que vous.", "Choose somebody else."}};
        case DelegationFault::already_decides:
            return {"/delegate_id",
                    "already_decides",
                    {"Cette personne peut déjà décider : choisissez quelqu’un qui ne le peut pas.",
                     "This person may decide already: choose somebody who may not."}};
        case DelegationFault::unknown_site:
            return {"/site_id",
                    "unknown_site",
                    {"Choisissez un site de la liste /sites, ou aucun pour toute la ville.",
                     "Choose a site of the list /sites, or none for the whole town."}};
        case DelegationFault::bad_from:
            return {"/from", "bad_date", date};
        case DelegationFault::bad_until:
            return {"/until", "bad_date", date};
        case DelegationFault::until_before_from:
            return {"/until",
                    "until_before_from",
                    {"Le dernier jour est le premier ou plus tard.",
                     "The last day is the first one or later."}};
        case DelegationFault::in_the_past:
            return {"/until",
                    "in_the_past",
                    {"Le dernier jour est aujourd’hui ou plus tard.",
                     "The last day is today or later."}};
        case DelegationFault::too_long:
            return {"/until",
                    "too_long",
                    {"Au plus " + std::to_string(booking::kLongestDelegation) + " jours.",
                     "At most " + std::to_string(booking::kLongestDelegation) + " days."}};
        case DelegationFault::not_allowed:
        case DelegationFault::unknown_delegation:
            break;
    }
    return {};
}

Response refused(const Request& request, const booking::DelegationFaults& faults) {
    if (faults.front() == DelegationFault::not_allowed) {
        return forbidden(request);
    }
    if (faults.front() == DelegationFault::unknown_delegation) {
        return not_found(request);
    }
    std::vector<FieldError> errors;
    std::ranges::transform(faults, std::back_inserter(errors), error_of);
    return unprocessable(request, std::move(errors));
}

Step delegate(const Request& request) {
    auto fields = Fields::of_body(request);
    booking::Delegate order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.now = request.now;
    order.delegate = fields.id<booking::PersonId>("delegate_id");
    order.site = fields.optional_id<booking::SiteId>("site_id");
    order.from = fields.text("from", kLongTime);
    order.until = fields.text("until", kLongTime);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto delegation = booking::delegate(session, order);
        if (!delegation) {
            return tl::unexpected(refused(request, delegation.error()));
        }
        const auto id = std::to_string(static_cast<std::int64_t>(delegation->id));
        return created(
            "/api/v1/delegations/" + id,
            to_json(*delegation, booking::local_date_in(session, request.town, request.now)));
    });
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::DelegationQuery query;
    query.limit =
        fields.optional_integer("limit", {1, booking::kLongestPage}).value_or(query.limit);
    query.before = fields.optional_id<booking::DelegationId>("cursor");
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!booking::may_see_delegations(request.signed_in())) {
        query.of = request.signed_in().id;
    }
    const auto today = booking::local_date_in(session, request.town, request.now);
    return page_response(booking::select_delegations(session, request.town, query), query.limit,
                         &booking::Delegation::id, [&](const booking::Delegation& delegation) {
                             return to_json(delegation, today);
                         });
}

Response show(const Request& request, store::Session& session) {
    const auto found = booking::select_delegation(session, request.town,
                                                  booking::DelegationId{request.number("id")});
    if (!found || !booking::may_end(request.signed_in(), *found)) {
        return not_found(request);
    }
    return json_response(
        200, to_json(*found, booking::local_date_in(session, request.town, request.now)));
}

Step end(const Request& request) {
    const booking::EndDelegation order{request.town, request.signed_in().id,
                                       booking::DelegationId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto ended = booking::end_delegation(session, order);
        if (!ended) {
            return tl::unexpected(refused(request, ended.error()));
        }
        return no_content();
    });
}

}  // namespace

void add_delegation_routes(Routes& routes) {
    routes.create("/api/v1/delegations", delegate);
    routes.read("GET", "/api/v1/delegations", list);
    routes.read("GET", "/api/v1/delegations/:id", show);
    routes.write("DELETE", "/api/v1/delegations/:id", end);
}

}  // namespace creneau::http
