#include "api/http/movement_routes.hpp"

#include "api/arrivals/announce.hpp"
#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/arrivals/movements.hpp"
#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/json_values.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestMoment = 16;
constexpr std::size_t kLongestWord = 10;
constexpr std::size_t kMostDuties = 20;

json instant_or_null(const std::optional<std::chrono::sys_seconds>& at) {
    return at ? json(to_rfc3339(*at)) : json(nullptr);
}

json to_json(const arrivals::Movement& movement, const arrivals::Notice& notice,
             std::chrono::sys_seconds now) {
    json by = nullptr;
    if (notice.acknowledged_by) {
        by = {{"person_id", static_cast<std::int64_t>(notice.acknowledged_by->id)},
              {"name", notice.acknowledged_by->name}};
    }
    return {{"step", arrivals::word_of(notice.step)},
            {"told_at", instant_or_null(notice.told_at)},
            {"reminders", notice.reminders},
            {"overdue", arrivals::is_overdue(movement, notice, now)},
            {"acknowledged_at", instant_or_null(notice.acknowledged_at)},
            {"acknowledged_by", std::move(by)}};
}

json to_json(const arrivals::Movement& movement, std::chrono::sys_seconds now) {
    auto notices = json::array();
    for (const auto& notice : movement.notices) {
        notices.push_back(to_json(movement, notice, now));
    }
    return {{"id", static_cast<std::int64_t>(movement.id)},
            {"kind", arrivals::word_of(movement.kind)},
            {"state", arrivals::word_of(arrivals::state_of(movement, now))},
            {"person_id", static_cast<std::int64_t>(movement.person.id)},
            {"name", movement.person.name},
            {"department", movement.department},
            {"line_manager_id", or_null(movement.line_manager)},
            {"at", to_rfc3339(movement.moment.at)},
            {"local_at", movement.moment.local},
            {"delay_hours", movement.delay.count()},
            {"corrected", movement.corrected},
            {"notices", std::move(notices)}};
}

Response movement_response(const Request& request, int status, const arrivals::Movement& movement) {
    auto response = json_response(status, to_json(movement, request.now));
    response.headers.emplace_back("ETag", etag_of_version(movement.version));
    return response;
}

Answered answer(const Request& request, int status,
                const people::Organised<arrivals::Movement>& movement) {
    return movement ? Answered(movement_response(request, status, *movement))
                    : tl::unexpected(refused(request, movement.error()));
}

std::chrono::hours delay_in(Fields& fields) {
    const auto hours = fields.optional_integer("delay_hours", {1, arrivals::kLongestDelayHours});
    return hours ? std::chrono::hours(*hours) : arrivals::kUsualDelay;
}

arrivals::MovementId movement_in(const Request& request) {
    return arrivals::MovementId{request.number("id")};
}

arrivals::AnnounceArrival arrival_in(Fields& fields, const Request& request) {
    arrivals::AnnounceArrival order;
    order.actor = actor_of(request);
    order.person = fields.optional_id<people::PersonId>("person_id");
    if (order.person) {
        order.name = fields.optional_text("name", kLongestName).value_or("");
    } else {
        order.name = fields.text("name", kLongestName);
    }
    order.email = fields.optional_text("email", kLongestAddress).value_or("");
    order.locale = fields.optional_text("locale", kLongestWord).value_or("fr");
    order.department = fields.id<people::DepartmentId>("department_id");
    order.line_manager = fields.optional_id<people::PersonId>("line_manager_id");
    order.duties = fields.optional_texts("duties", kMostDuties);
    order.starts = fields.text("starts", kLongestMoment);
    order.ends = fields.optional_text("ends", kLongestMoment);
    order.delay = delay_in(fields);
    return order;
}

/// A duty is as long as one that is added later may be.
void check_duties(Fields& fields, const arrivals::AnnounceArrival& order) {
    for (const auto& duty : order.duties) {
        if (duty.size() > 4 * kLongestName) {
            fields.refuse(
                fields.name_of("duties"), "too_long",
                {"Une mission tient en 200 caractères.", "A duty has at most 200 characters."});
        }
    }
}

Step announce_arrival(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto order = arrival_in(fields, request);
    check_duties(fields, order);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        return answer(request, 201, arrivals::announce_arrival(session, order));
    });
}

Step announce_departure(const Request& request) {
    auto fields = Fields::of_body(request);
    const arrivals::AnnounceDeparture order{actor_of(request),
                                            people::PersonId{request.number("id")},
                                            fields.text("ends", kLongestMoment), delay_in(fields)};
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        return answer(request, 201, arrivals::announce_departure(session, order));
    });
}

Response list_movements(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return page_response(
        arrivals::list_movements(session, request.town, request.signed_in(), page), page.limit,
        &arrivals::Movement::id,
        [&](const arrivals::Movement& movement) { return to_json(movement, request.now); });
}

Response find_movement(const Request& request, store::Session& session) {
    const auto movement =
        arrivals::find_movement(session, request.town, request.signed_in(), movement_in(request));
    return movement ? with_etag(request, json_response(200, to_json(*movement, request.now)),
                                etag_of_version(movement->version))
                    : refused(request, movement.error());
}

/// Runs a change of the movement unless If-Match names another version.
template <class Change>
Work changing(const Request& request, Change change) {
    return [request, change](store::Session& session) -> Answered {
        if (is_stale(request, arrivals::find_movement(session, request.town, request.signed_in(),
                                                      movement_in(request)))) {
            return tl::unexpected(stale(request));
        }
        return answer(request, 200, change(session));
    };
}

Step correct_movement(const Request& request) {
    auto fields = Fields::of_body(request);
    const arrivals::CorrectMovement order{actor_of(request), movement_in(request),
                                          fields.text("at", kLongestMoment)};
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return changing(request, [order](store::Session& session) {
        return arrivals::correct_movement(session, order);
    });
}

Step withdraw_movement(const Request& request) {
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    const arrivals::WithdrawMovement order{actor_of(request), movement_in(request)};
    return changing(request, [order](store::Session& session) {
        return arrivals::withdraw_movement(session, order);
    });
}

Step acknowledge_movement(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const arrivals::AcknowledgeMovement order{actor_of(request), movement_in(request)};
    return Work([request, order](store::Session& session) -> Answered {
        return answer(request, 200, arrivals::acknowledge_movement(session, order));
    });
}

}  // namespace

void add_movement_routes(Routes& routes) {
    routes.create("/api/v1/staff/arrivals", announce_arrival);
    routes.create("/api/v1/staff/:id/departure", announce_departure);
    routes.read("GET", "/api/v1/staff/movements", list_movements);
    routes.read("GET", "/api/v1/staff/movements/:id", find_movement);
    routes.write("PATCH", "/api/v1/staff/movements/:id", correct_movement);
    routes.write("DELETE", "/api/v1/staff/movements/:id", withdraw_movement);
    routes.write("POST", "/api/v1/staff/movements/:id/acknowledge", acknowledge_movement);
}

}  // namespace creneau::http
