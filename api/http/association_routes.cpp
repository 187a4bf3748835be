#include "api/http/association_routes.hpp"

#include "api/http/fields.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/organisations/keep_associations.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestEmail = 254;
constexpr std::size_t kLongestPhone = 30;
constexpr std::size_t kLongestAddress = 500;
constexpr std::size_t kLongestNumber = 60;
constexpr std::size_t kMostGroups = 50;
constexpr auto kPath = "/api/v1/associations/";

people::AssociationId association_in(const Request& request) {
    return people::AssociationId{request.number("id")};
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = searched_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(
        request, people::list_associations(session, request.town, request.signed_in(), page), page,
        &people::AssociationRecord::id,
        [](const people::AssociationRecord& record) { return to_json(record); });
}

Response find(const Request& request, store::Session& session) {
    const auto record = people::find_association(session, request.town, request.signed_in(),
                                                 association_in(request));
    return record ? with_etag(request, json_response(200, to_json(*record)),
                              etag_of_version(record->version))
                  : refused(request, record.error());
}

people::AssociationEdit edit_in(Fields& fields) {
    people::AssociationEdit edit;
    edit.name = fields.edited_text("name", kLongestName);
    edit.address = fields.edited_text("address", kLongestAddress);
    edit.declaration = fields.edited_text("declaration", kLongestNumber);
    edit.email = fields.edited_text("email", kLongestEmail);
    edit.phone = fields.edited_text("phone", kLongestPhone);
    edit.groups = fields.edited_texts("groups", kMostGroups);
    edit.enabled = fields.optional_boolean("enabled");
    return edit;
}

Step create(const Request& request) {
    auto fields = Fields::of_body(request);
    const people::SaveAssociation order{actor_of(request), {}, edit_in(fields)};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto record = people::save_association(session, order);
        if (!record) {
            return tl::unexpected(refused(request, record.error()));
        }
        auto response = record_response(201, *record);
        response.headers.emplace_back(
            "Location", kPath + std::to_string(static_cast<std::int64_t>(record->id)));
        return response;
    });
}

Step change(const Request& request) {
    auto fields = Fields::of_body(request);
    const people::SaveAssociation order{actor_of(request), association_in(request),
                                        edit_in(fields)};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        if (is_stale(request, people::find_association(session, request.town, request.signed_in(),
                                                       association_in(request)))) {
            return tl::unexpected(stale(request));
        }
        const auto record = people::save_association(session, order);
        return record ? Answered(record_response(200, *record))
                      : tl::unexpected(refused(request, record.error()));
    });
}

Step change_manager(const Request& request, bool manages) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const people::ChangeManager order{actor_of(request), association_in(request),
                                      people::PersonId{request.number("person_id")}, manages,
                                      request.signed_in_by().proved_at};
    return Work([request, order](store::Session& session) -> Answered {
        const auto record = people::change_manager(session, order);
        return record ? Answered(record_response(200, *record))
                      : tl::unexpected(refused(request, record.error()));
    });
}

Response list_members(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(request,
                         people::list_members(session, request.town, request.signed_in(),
                                              association_in(request), page),
                         page, &people::Member::id,
                         [](const people::Member& member) { return to_json(member); });
}

Step add_member(const Request& request) {
    auto fields = Fields::of_body(request);
    people::AddMember order{actor_of(request), association_in(request), {}};
    order.member.name = fields.text("name", kLongestName);
    order.member.email = fields.optional_text("email", kLongestEmail).value_or("");
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto member = people::add_member(session, order);
        return member ? Answered(json_response(201, to_json(*member)))
                      : tl::unexpected(refused(request, member.error()));
    });
}

Step remove_member(const Request& request) {
    const people::RemoveMember order{actor_of(request), association_in(request),
                                     people::MemberId{request.number("member_id")}};
    return Work([request, order](store::Session& session) -> Answered {
        const auto removed = people::remove_member(session, order);
        return removed ? Answered(no_content()) : tl::unexpected(refused(request, removed.error()));
    });
}

}  // namespace

void add_association_routes(Routes& routes) {
    const std::string one = std::string(kPath) + ":id";
    routes.read("GET", "/api/v1/associations", list);
    routes.create("/api/v1/associations", create);
    routes.read("GET", one, find);
    routes.write("PATCH", one, change);
    routes.write("PUT", one + "/managers/:person_id",
                 [](const Request& request) { return change_manager(request, true); });
    routes.write("DELETE", one + "/managers/:person_id",
                 [](const Request& request) { return change_manager(request, false); });
    routes.read("GET", one + "/members", list_members);
    // No Idempotency-Key: its row would keep the name.
    routes.write("POST", one + "/members", add_member);
    routes.write("DELETE", one + "/members/:member_id", remove_member);
}

}  // namespace creneau::http
