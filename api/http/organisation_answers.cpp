#include "api/http/organisation_answers.hpp"

#include "api/http/fields.hpp"
#include "api/http/json_values.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;

constexpr std::int64_t kLongestPage = 100;
constexpr std::size_t kLongestSearch = 100;

json text_or_null(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}

}  // namespace

people::Actor actor_of(const Request& request) {
    return {request.town, request.signed_in().id, request.now};
}

people::Page people_page_in(Fields& fields) {
    people::Page page;
    page.limit = fields.optional_integer("limit", {1, kLongestPage}).value_or(page.limit);
    page.after = fields.optional_integer("cursor", {1, std::numeric_limits<std::int64_t>::max()})
                     .value_or(page.after);
    return page;
}

people::Page searched_page_in(Fields& fields) {
    auto page = people_page_in(fields);
    page.name = fields.optional_text("q", kLongestSearch).value_or("");
    return page;
}

Response refused(const Request& request, const people::OrganisationError& error) {
    switch (error.refusal) {
        case people::OrganisationRefusal::invalid:
            break;
        case people::OrganisationRefusal::unknown:
            return not_found(request);
        case people::OrganisationRefusal::not_allowed:
            return forbidden(request);
        case people::OrganisationRefusal::stale:
            return stale(request);
        case people::OrganisationRefusal::proof_needed:
            return proof_needed(request);
    }
    std::vector<FieldError> errors;
    for (const auto& fault : error.faults) {
        errors.push_back(
            {fault.field.empty() ? "" : '/' + fault.field, fault.code, {fault.fr, fault.en}});
    }
    return unprocessable(request, std::move(errors));
}

json to_json(const people::AssociationRecord& record) {
    auto managers = json::array();
    for (const auto& manager : record.managers) {
        managers.push_back(
            {{"person_id", static_cast<std::int64_t>(manager.id)}, {"name", manager.name}});
    }
    return {{"id", static_cast<std::int64_t>(record.id)},
            {"name", record.name},
            {"address", record.address},
            {"declaration", record.declaration},
            {"email", text_or_null(record.email)},
            {"phone", record.phone},
            {"groups", record.groups},
            {"enabled", record.enabled},
            {"managers", std::move(managers)}};
}

json to_json(const people::PersonRecord& record) {
    auto roles = json::array();
    for (const people::Role role : record.roles) {
        roles.push_back(people::name_of(role));
    }
    return {{"id", static_cast<std::int64_t>(record.id)},
            {"name", record.name},
            {"email", text_or_null(record.email)},
            {"locale", record.locale},
            {"phone", record.phone},
            {"postal_address", record.postal_address},
            {"enabled", record.enabled},
            {"restricted", record.restricted},
            {"roles", std::move(roles)}};
}

json to_json(const people::StaffRecord& record) {
    return {{"person_id", static_cast<std::int64_t>(record.person)},
            {"name", record.name},
            {"department_id", static_cast<std::int64_t>(record.department)},
            {"line_manager_id", or_null(record.line_manager)},
            {"from_date", record.from_date},
            {"until_date", text_or_null(record.until_date)}};
}

json to_json(const people::Member& member) {
    return {{"id", static_cast<std::int64_t>(member.id)},
            {"name", member.name},
            {"email", text_or_null(member.email)}};
}

json to_json(const people::Department& department) {
    return {{"id", static_cast<std::int64_t>(department.id)}, {"name", department.name}};
}

json to_json(const people::Duty& duty) {
    return {{"id", static_cast<std::int64_t>(duty.id)},
            {"person_id", static_cast<std::int64_t>(duty.person)},
            {"word", duty.word},
            {"from_date", duty.from_date},
            {"until_date", text_or_null(duty.until_date)}};
}

}  // namespace creneau::http
