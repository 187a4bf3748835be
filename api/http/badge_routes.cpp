#include "api/http/badge_routes.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/keep_badges.hpp"
#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;
using Key = std::shared_ptr<const access::BadgeKey>;
using Change = people::Organised<access::Badge> (*)(store::Session& session,
                                                    const access::ChangeBadge& order);

constexpr std::size_t kLongestNumber = 40;

json to_json(const access::Badge& badge) {
    return {{"id", static_cast<std::int64_t>(badge.id)},
            {"holder_kind", access::word_of(badge.holder.kind)},
            {"holder_id", badge.holder.id},
            {"state", access::word_of(badge.state)},
            {"from", to_rfc3339(badge.from)},
            {"until", badge.until ? json(to_rfc3339(*badge.until)) : json(nullptr)},
            {"changed_at", to_rfc3339(badge.changed_at)}};
}

Answered answer(const Request& request, int status, const people::Organised<access::Badge>& badge) {
    if (!badge) {
        return tl::unexpected(refused(request, badge.error()));
    }
    auto response = json_response(status, to_json(*badge));
    response.headers.emplace_back("ETag", etag_of_version(badge->version));
    return response;
}

Response list_badges(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const access::TownId town{static_cast<std::int64_t>(request.town)};
    return list_response(
        request, access::list_badges(session, town, request.signed_in(), {page.limit, page.after}),
        page, &access::Badge::id, [](const access::Badge& badge) { return to_json(badge); });
}

Step give_badge(const Request& request, const Key& key) {
    auto fields = Fields::of_body(request);
    const access::GiveBadge order{actor_of(request),
                                  fields.text("number", kLongestNumber),
                                  fields.optional_id<people::PersonId>("person_id"),
                                  fields.optional_id<people::AssociationId>("association_id"),
                                  fields.optional_instant("from"),
                                  fields.optional_instant("until")};
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request = words_of(request), order, key](store::Session& session) -> Answered {
        return answer(request, 201, access::give_badge(session, *key, order));
    });
}

Step change_badge(const Request& request, Change change) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const access::ChangeBadge order{actor_of(request), access::BadgeId{request.number("id")}};
    return Work([request, order, change](store::Session& session) -> Answered {
        return answer(request, 200, change(session, order));
    });
}

}  // namespace

void add_badge_routes(Routes& routes, Key key) {
    routes.read("GET", "/api/v1/badges", list_badges);
    // Not kept under an Idempotency-Key, whose digest of the body would tell the number.
    routes.write("POST", "/api/v1/badges", [key = std::move(key)](const Request& request) {
        return give_badge(request, key);
    });
    routes.write("POST", "/api/v1/badges/:id/lost", [](const Request& request) {
        return change_badge(request, access::report_badge_lost);
    });
    routes.write("POST", "/api/v1/badges/:id/return", [](const Request& request) {
        return change_badge(request, access::take_badge_back);
    });
}

}  // namespace creneau::http
