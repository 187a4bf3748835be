#include "api/http/people_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/people/end_sessions.hpp"
#include "api/people/organisations/keep_people.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestEmail = 254;
constexpr std::size_t kLongestPhone = 30;
constexpr std::size_t kLongestAddress = 500;
constexpr std::size_t kLongestWord = 10;

people::PersonId person_in(const Request& request) {
    return people::PersonId{request.number("id")};
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = searched_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(request,
                         people::list_people(session, request.town, request.signed_in(), page),
                         page, &people::PersonRecord::id,
                         [](const people::PersonRecord& record) { return to_json(record); });
}

Response find(const Request& request, store::Session& session) {
    const auto record =
        people::find_person_record(session, request.town, request.signed_in(), person_in(request));
    return record ? with_etag(request, json_response(200, to_json(*record)),
                              etag_of_version(record->version))
                  : refused(request, record.error());
}

people::PersonEdit edit_in(Fields& fields) {
    people::PersonEdit edit;
    edit.name = fields.edited_text("name", kLongestName);
    edit.email = fields.edited_text("email", kLongestEmail);
    edit.locale = fields.optional_text("locale", kLongestWord);
    edit.phone = fields.edited_text("phone", kLongestPhone);
    edit.postal_address = fields.edited_text("postal_address", kLongestAddress);
    edit.enabled = fields.optional_boolean("enabled");
    return edit;
}

Step create(const Request& request) {
    auto fields = Fields::of_body(request);
    const people::SavePerson order{actor_of(request), {}, edit_in(fields), {}};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto record = people::save_person(session, order);
        if (!record) {
            return tl::unexpected(refused(request, record.error()));
        }
        auto response = record_response(201, *record);
        response.headers.emplace_back(
            "Location", "/api/v1/people/" + std::to_string(static_cast<std::int64_t>(record->id)));
        return response;
    });
}

Step change(const Request& request) {
    auto fields = Fields::of_body(request);
    const people::SavePerson order{actor_of(request), person_in(request), edit_in(fields),
                                   request.signed_in_by().proved_at};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        if (is_stale(request, people::find_person_record(session, request.town, request.signed_in(),
                                                         person_in(request)))) {
            return tl::unexpected(stale(request));
        }
        const auto record = people::save_person(session, order);
        return record ? Answered(record_response(200, *record))
                      : tl::unexpected(refused(request, record.error()));
    });
}

Step end_sessions(const Request& request) {
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    const people::EndSessions order{request.town, request.signed_in().id, person_in(request),
                                    request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto ended = people::end_sessions(session, order);
        if (!ended) {
            return tl::unexpected(ended.error() == people::EndSessionsFault::not_allowed
                                      ? forbidden(request)
                                      : not_found(request));
        }
        return no_content();
    });
}

}  // namespace

void add_people_routes(Routes& routes) {
    routes.read("GET", "/api/v1/people", list);
    // No Idempotency-Key: its row would keep a name and an address that are erased elsewhere.
    routes.write("POST", "/api/v1/people", create);
    routes.read("GET", "/api/v1/people/:id", find);
    routes.write("PATCH", "/api/v1/people/:id", change);
    routes.write("DELETE", "/api/v1/people/:id/sessions", end_sessions);
}

}  // namespace creneau::http
