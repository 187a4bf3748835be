#include "api/http/export_routes.hpp"

#include "api/http/confirmation_routes.hpp"
#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/four_eyes/confirmation_store.hpp"
#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/four_eyes/four_eyes.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/privacy/export_person.hpp"
#include "api/privacy/export_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using nlohmann::json;
using privacy::ValueKind;

constexpr std::size_t kLongestWord = 20;

struct AskedExport {
    privacy::ExportOrder order;
    bool as_csv = false;
};

json value_of(ValueKind kind, const std::string& text) {
    if (kind == ValueKind::text) {
        return text;
    }
    if (text.empty()) {
        return nullptr;
    }
    return kind == ValueKind::number ? json(std::stoll(text)) : json(privacy::rfc3339_of(text));
}

json to_json(const privacy::ExportedTable& table) {
    json rows = json::array();
    for (const auto& row : table.rows) {
        json object = json::object();
        for (std::size_t at = 0; at < row.size(); ++at) {
            object[table.columns[at].name] = value_of(table.columns[at].kind, row[at]);
        }
        rows.push_back(std::move(object));
    }
    return {{"name", table.name},
            {"rows", std::move(rows)},
            {"cursor", table.cursor == 0 ? json(nullptr) : json(std::to_string(table.cursor))}};
}

Response answer(const Request& request, const AskedExport& asked,
                const std::vector<privacy::ExportedTable>& tables) {
    if (asked.as_csv) {
        return {200,
                {{"Content-Type", "text/csv; charset=utf-8"},
                 {"Content-Disposition", "attachment; filename=\"donnees.csv\""}},
                privacy::export_csv(tables)};
    }
    json body{{"person_id", static_cast<std::int64_t>(asked.order.person)},
              {"exported_at", to_rfc3339(request.now)},
              {"tables", json::array()}};
    for (const auto& table : tables) {
        body["tables"].push_back(to_json(table));
    }
    return json_response(200, body);
}

AskedExport export_in(Fields& fields, const Request& request, people::PersonId person) {
    AskedExport asked;
    asked.order.town = request.town;
    asked.order.person = person;
    const auto format = fields.optional_text("format", kLongestWord).value_or("json");
    if (format != "json" && format != "csv") {
        fields.refuse("format", "unknown_format",
                      {"Attendu : json ou csv.", "Expected: json or csv."});
    }
    asked.as_csv = format == "csv";
    asked.order.table = fields.optional_text("table", kLongestWord).value_or("");
    if (!asked.order.table.empty() && !privacy::is_export_table(asked.order.table)) {
        fields.refuse("table", "unknown_table",
                      {"Attendu : le nom d’une table de l’export.",
                       "Expected: the name of a table of the export."});
    }
    asked.order.before = fields.optional_integer("cursor", {1, INT64_MAX}).value_or(0);
    if (asked.order.before != 0 && asked.order.table.empty()) {
        fields.refuse(
            "table", "missing",
            {"Dites de quelle table est ce curseur.", "Say which table the cursor is of."});
    }
    return asked;
}

/// What was read is answered once that stands in the security log.
Step noted(const Request& request, store::Readers& readers, const AskedExport& asked,
           const people::UseConfirmation* confirmation) {
    auto tables = readers.read(
        [&](store::Session& session) { return privacy::export_person(session, asked.order); });
    return Work([request,
                 used = confirmation == nullptr ? people::UseConfirmation{} : *confirmation,
                 needs_use = confirmation != nullptr, person = asked.order.person,
                 page = answer(request, asked, tables)](store::Session& session) -> Answered {
        if (needs_use) {
            const auto taken = people::use_confirmation(session, used);
            if (!taken) {
                return tl::unexpected(refused(request, taken.error()));
            }
        }
        privacy::record_export(session,
                               {request.town, request.signed_in().id, person, request.now});
        return page;
    });
}

Step of_somebody(const Request& request, store::Readers& readers) {
    if (!people::may_answer_for_data(request.signed_in())) {
        return forbidden(request);
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    auto fields = Fields::of_query(request);
    const people::PersonId person{request.number("id")};
    const auto asked = export_in(fields, request, person);
    people::UseConfirmation confirmation;
    confirmation.town = request.town;
    confirmation.actor = request.signed_in().id;
    confirmation.subject = static_cast<std::int64_t>(person);
    confirmation.id = fields.id<people::ConfirmationId>("confirmation");
    confirmation.now = request.now;
    confirmation.goes_on = asked.order.before != 0;
    return fields.ok() ? noted(request, readers, asked, &confirmation) : Step(fields.problem());
}

Step of_oneself(const Request& request, store::Readers& readers) {
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    auto fields = Fields::of_query(request);
    const auto asked = export_in(fields, request, request.signed_in().id);
    if (!fields.ok()) {
        return fields.problem();
    }
    // Who gave somebody another address may sign in as them: one person would read it all alone.
    const bool is_theirs = readers.read([&](store::Session& session) {
        return people::is_way_in_settled(session, request.town, request.signed_in().id,
                                         request.now);
    });
    return is_theirs ? noted(request, readers, asked, nullptr)
                     : Step(refused(request, people::FourEyesFault::not_settled));
}

}  // namespace

void add_export_routes(Routes& routes) {
    routes.slow("GET", "/api/v1/people/:id/export", of_somebody);
    routes.slow("GET", "/api/v1/me/export", of_oneself);
}

}  // namespace creneau::http
