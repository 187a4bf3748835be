#include "api/http/staff_routes.hpp"

#include "api/booking/series/local_date.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/fields.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/organisations/keep_staff.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestName = 200;

std::string text_of(const std::optional<booking::LocalDate>& date) {
    return date ? booking::text_of(*date) : "";
}

Response list_departments(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(request,
                         people::list_departments(session, request.town, request.signed_in(), page),
                         page, &people::Department::id,
                         [](const people::Department& department) { return to_json(department); });
}

Step save_department(const Request& request, std::optional<people::DepartmentId> id) {
    auto fields = Fields::of_body(request);
    const people::SaveDepartment order{actor_of(request), id, fields.text("name", kLongestName)};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto department = people::save_department(session, order);
        return department ? Answered(json_response(order.id ? 200 : 201, to_json(*department)))
                          : tl::unexpected(refused(request, department.error()));
    });
}

Response list_staff(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(request,
                         people::list_staff(session, request.town, request.signed_in(), page), page,
                         &people::StaffRecord::person,
                         [](const people::StaffRecord& record) { return to_json(record); });
}

people::PersonId person_in(const Request& request) {
    return people::PersonId{request.number("id")};
}

Response find_staff(const Request& request, store::Session& session) {
    const auto record =
        people::find_staff(session, request.town, request.signed_in(), person_in(request));
    return record ? with_etag(request, json_response(200, to_json(*record)),
                              etag_of_version(record->version))
                  : refused(request, record.error());
}

Step save_staff(const Request& request) {
    auto fields = Fields::of_body(request);
    people::SaveStaff order{actor_of(request), {}};
    order.record.person = person_in(request);
    order.record.department = fields.id<people::DepartmentId>("department_id");
    order.record.line_manager = fields.optional_id<people::PersonId>("line_manager_id");
    order.record.from_date = text_of(date_in(fields, "from_date"));
    order.record.until_date = text_of(optional_date_in(fields, "until_date"));
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        if (is_stale(request, people::find_staff(session, request.town, request.signed_in(),
                                                 person_in(request)))) {
            return tl::unexpected(stale(request));
        }
        const auto record = people::save_staff(session, order);
        return record ? Answered(record_response(200, *record))
                      : tl::unexpected(refused(request, record.error()));
    });
}

Response list_duties(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = people_page_in(fields);
    const auto person = fields.optional_id<people::PersonId>("person_id");
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(
        request, people::list_duties(session, request.town, request.signed_in(), person, page),
        page, &people::Duty::id, [](const people::Duty& duty) { return to_json(duty); });
}

Step add_duty(const Request& request) {
    auto fields = Fields::of_body(request);
    people::AddDuty order{actor_of(request), {}};
    order.duty.person = fields.id<people::PersonId>("person_id");
    order.duty.word = fields.text("word", kLongestName);
    order.duty.from_date = text_of(date_in(fields, "from_date"));
    order.duty.until_date = text_of(optional_date_in(fields, "until_date"));
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto duty = people::add_duty(session, order);
        return duty ? Answered(json_response(201, to_json(*duty)))
                    : tl::unexpected(refused(request, duty.error()));
    });
}

Step remove_duty(const Request& request) {
    const people::RemoveDuty order{actor_of(request), people::DutyId{request.number("id")}};
    return Work([request, order](store::Session& session) -> Answered {
        const auto removed = people::remove_duty(session, order);
        return removed ? Answered(no_content()) : tl::unexpected(refused(request, removed.error()));
    });
}

}  // namespace

void add_staff_routes(Routes& routes) {
    routes.read("GET", "/api/v1/departments", list_departments);
    routes.create("/api/v1/departments",
                  [](const Request& request) { return save_department(request, {}); });
    routes.write("PATCH", "/api/v1/departments/:id", [](const Request& request) {
        return save_department(request, people::DepartmentId{request.number("id")});
    });
    routes.read("GET", "/api/v1/staff", list_staff);
    routes.read("GET", "/api/v1/staff/:id", find_staff);
    routes.write("PUT", "/api/v1/staff/:id", save_staff);
    routes.read("GET", "/api/v1/duties", list_duties);
    routes.create("/api/v1/duties", add_duty);
    routes.write("DELETE", "/api/v1/duties/:id", remove_duty);
}

}  // namespace creneau::http
