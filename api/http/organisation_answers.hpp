#pragma once

#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"

#include <nlohmann/json.hpp>

namespace creneau::http {

// What the routes of associations, people and staff have in common.

[[nodiscard]] people::Actor actor_of(const Request& request);

/// `limit` and `cursor` of the query.
[[nodiscard]] people::Page people_page_in(Fields& fields);
/// The same with `q`, a part of the name.
[[nodiscard]] people::Page searched_page_in(Fields& fields);

[[nodiscard]] Response refused(const Request& request, const people::OrganisationError& error);

[[nodiscard]] nlohmann::json to_json(const people::AssociationRecord& record);
[[nodiscard]] nlohmann::json to_json(const people::PersonRecord& record);
[[nodiscard]] nlohmann::json to_json(const people::StaffRecord& record);
[[nodiscard]] nlohmann::json to_json(const people::Member& member);
[[nodiscard]] nlohmann::json to_json(const people::Department& department);
[[nodiscard]] nlohmann::json to_json(const people::Duty& duty);

/// The record, its version as ETag.
template <class Record>
[[nodiscard]] Response record_response(int status, const Record& record) {
    auto response = json_response(status, to_json(record));
    response.headers.emplace_back("ETag", etag_of_version(record.version));
    return response;
}

/// Whether If-Match names another version than that of what was found. What was not found is for
/// the change to refuse.
template <class Record>
[[nodiscard]] bool is_stale(const Request& request, const people::Organised<Record>& found) {
    return found && if_match(request, etag_of_version(found->version)) == IfMatch::stale;
}

/// What was found for a page, or why not.
template <class Items, class IdOf, class ToJson>
[[nodiscard]] Response list_response(const Request& request, const people::Organised<Items>& items,
                                     const people::Page& page, IdOf id_of, ToJson to_item) {
    return items ? page_response(*items, page.limit, id_of, to_item)
                 : refused(request, items.error());
}

}  // namespace creneau::http
