#include "api/http/door_option_routes.hpp"

#include "api/access/doors/door_types.hpp"
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
#include "api/profiles/door_option_rules.hpp"
#include "api/profiles/keep_door_options.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongWord = 40;
constexpr IntegerRange kAnyCount{-1'000'000'000, 1'000'000'000};

json to_json(const profiles::KeptOptions& kept) {
    const auto& options = kept.options;
    return {{"door_id", store::raw(kept.door)},
            {"unlock_ms", kept.unlock_ms},
            {"longer_unlock_ms", options.longer_unlock_ms},
            {"held_open_s", options.held_open_s},
            {"pre_alarm_s", options.pre_alarm_s},
            {"relock", options.relock},
            {"passback", options.passback},
            {"passback_min", options.passback_min},
            {"passes_when_expired", options.passes_when_expired},
            {"high_assurance", options.high_assurance},
            {"free_access", json_of(kept.free_access)},
            {"free_after_first", options.free_after_first},
            {"skip_public_holidays", options.off.public_holidays},
            {"skip_school_holidays", options.off.school_holidays}};
}

/// What is left out is as by default.
profiles::DoorOptions options_in(Fields& fields) {
    profiles::DoorOptions options;
    const auto number = [&fields](const char* name, std::int64_t& value) {
        value = fields.optional_integer(name, kAnyCount).value_or(value);
    };
    const auto flag = [&fields](const char* name, bool& value) {
        value = fields.optional_boolean(name).value_or(value);
    };
    number("longer_unlock_ms", options.longer_unlock_ms);
    number("held_open_s", options.held_open_s);
    number("pre_alarm_s", options.pre_alarm_s);
    options.relock = fields.optional_text("relock", kLongWord).value_or(options.relock);
    options.passback = fields.optional_text("passback", kLongWord).value_or(options.passback);
    number("passback_min", options.passback_min);
    flag("passes_when_expired", options.passes_when_expired);
    flag("high_assurance", options.high_assurance);
    flag("free_after_first", options.free_after_first);
    flag("skip_public_holidays", options.off.public_holidays);
    flag("skip_school_holidays", options.off.school_holidays);
    return options;
}

access::DoorId door_in(const Request& request) {
    return access::DoorId{request.number("id")};
}

Response read_options(const Request& request, store::Session& session) {
    const auto kept =
        profiles::find_door_options(session, request.town, request.signed_in(), door_in(request));
    return kept ? with_etag(request, json_response(200, to_json(*kept)),
                            etag_of_version(kept->version))
                : refused(request, kept.error());
}

Step set_options(const Request& request) {
    auto fields = Fields::of_body(request);
    const profiles::SetDoorOptions order{actor_of(request), door_in(request), options_in(fields),
                                         hours_in(fields, "free_access")};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        if (is_stale(request, profiles::find_door_options(session, request.town,
                                                          request.signed_in(), order.door))) {
            return tl::unexpected(stale(request));
        }
        const auto kept = profiles::set_door_options(session, order);
        if (!kept) {
            return tl::unexpected(refused(request, kept.error()));
        }
        auto response = json_response(200, to_json(*kept));
        response.headers.emplace_back("ETag", etag_of_version(kept->version));
        return response;
    });
}

}  // namespace

void add_door_option_routes(Routes& routes) {
    routes.read("GET", "/api/v1/doors/:id/options", read_options);
    routes.write("PUT", "/api/v1/doors/:id/options", set_options);
}

}  // namespace creneau::http
