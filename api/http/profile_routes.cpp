#include "api/http/profile_routes.hpp"

#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/hours_json.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/profiles/keep_profiles.hpp"
#include "api/profiles/profile_rules.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using store::raw;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestName = 100;

json to_json(const profiles::ZoneRecord& zone) {
    return {{"id", raw(zone.id)}, {"key", zone.key}, {"name", zone.name}, {"door_ids", zone.doors}};
}

json to_json(const profiles::AccessProfile& profile) {
    auto zones = json::array();
    for (const auto zone : profile.zones) {
        zones.push_back(raw(zone));
    }
    return {{"id", raw(profile.id)},
            {"name", profile.name},
            {"duties", profile.duties},
            {"zone_ids", std::move(zones)},
            {"hours", json_of(profile.timetable.hours)},
            {"skip_public_holidays", profile.timetable.off.public_holidays},
            {"skip_school_holidays", profile.timetable.off.school_holidays}};
}

/// A duty is as long as one of a member of the staff may be.
std::vector<std::string> duties_in(Fields& fields) {
    auto duties = fields.optional_texts("duties", profiles::kMostDuties);
    for (const auto& word : duties) {
        if (word.size() > 4 * profiles::kLongestDuty) {
            fields.refuse(
                fields.name_of("duties"), "too_long",
                {"Une mission tient en 200 caractères.", "A duty has at most 200 characters."});
        }
    }
    return duties;
}

profiles::ProfileForm form_in(Fields& fields) {
    profiles::ProfileForm form;
    form.name = fields.text("name", kLongestName);
    form.duties = duties_in(fields);
    form.zones = fields.optional_ids("zone_ids", profiles::kMostZones);
    form.hours = hours_in(fields, "hours");
    form.skip_public_holidays = fields.optional_boolean("skip_public_holidays").value_or(false);
    form.skip_school_holidays = fields.optional_boolean("skip_school_holidays").value_or(false);
    return form;
}

profiles::ProfileId profile_in(const Request& request) {
    return profiles::ProfileId{request.number("id")};
}

Response list_zones(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(
        request, profiles::list_zones(session, request.town, request.signed_in(), page), page,
        &profiles::ZoneRecord::id, [](const profiles::ZoneRecord& zone) { return to_json(zone); });
}

Response list_profiles(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(request,
                         profiles::list_profiles(session, request.town, request.signed_in(), page),
                         page, &profiles::AccessProfile::id,
                         [](const profiles::AccessProfile& profile) { return to_json(profile); });
}

Response find_profile(const Request& request, store::Session& session) {
    const auto profile =
        profiles::find_profile(session, request.town, request.signed_in(), profile_in(request));
    return profile ? with_etag(request, json_response(200, to_json(*profile)),
                               etag_of_version(profile->version))
                   : refused(request, profile.error());
}

Answered answer(const Request& request, int status,
                const people::Organised<profiles::AccessProfile>& profile) {
    if (!profile) {
        return tl::unexpected(refused(request, profile.error()));
    }
    auto response = json_response(status, to_json(*profile));
    response.headers.emplace_back("ETag", etag_of_version(profile->version));
    return response;
}

/// Whether If-Match names another version than the present one.
bool is_changed(const Request& request, store::Session& session) {
    return is_stale(request, profiles::find_profile(session, request.town, request.signed_in(),
                                                    profile_in(request)));
}

Step make_profile(const Request& request) {
    auto fields = Fields::of_body(request);
    const profiles::SaveProfile order{actor_of(request), std::nullopt, form_in(fields)};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        return answer(request, 201, profiles::save_profile(session, order));
    });
}

Step change_profile(const Request& request) {
    auto fields = Fields::of_body(request);
    const profiles::SaveProfile order{actor_of(request), profile_in(request), form_in(fields)};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        if (is_changed(request, session)) {
            return tl::unexpected(stale(request));
        }
        return answer(request, 200, profiles::save_profile(session, order));
    });
}

Step remove_profile(const Request& request) {
    const profiles::RemoveProfile order{actor_of(request), profile_in(request)};
    return Work([request, order](store::Session& session) -> Answered {
        if (is_changed(request, session)) {
            return tl::unexpected(stale(request));
        }
        const auto removed = profiles::remove_profile(session, order);
        return removed ? Answered(no_content()) : tl::unexpected(refused(request, removed.error()));
    });
}

}  // namespace

void add_profile_routes(Routes& routes) {
    routes.read("GET", "/api/v1/zones", list_zones);
    routes.read("GET", "/api/v1/access-profiles", list_profiles);
    routes.create("/api/v1/access-profiles", make_profile);
    routes.read("GET", "/api/v1/access-profiles/:id", find_profile);
    routes.write("PUT", "/api/v1/access-profiles/:id", change_profile);
    routes.write("DELETE", "/api/v1/access-profiles/:id", remove_profile);
}

}  // namespace creneau::http
