#include "api/http/audit_routes.hpp"

#include "api/audit/chain.hpp"
#include "api/audit/line_store.hpp"
#include "api/audit/read_audit.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/time_text.hpp"
#include "api/people/people_rights.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

constexpr std::size_t kLongestCode = 64;
constexpr std::int64_t kMostLines = 200;
constexpr std::int64_t kUsualLines = 50;

nlohmann::json id_or_null(const std::optional<audit::PersonId>& person) {
    return person ? nlohmann::json(static_cast<std::int64_t>(*person)) : nlohmann::json(nullptr);
}

nlohmann::json to_json(const audit::KeptLine& line) {
    return {{"id", line.id},
            {"at", to_rfc3339(line.at)},
            {"actor_id", id_or_null(line.actor)},
            {"for_id", id_or_null(line.for_whom)},
            {"action", line.action},
            {"subject_kind", line.subject_kind},
            {"subject_id", line.subject},
            {"ground", line.ground},
            {"chained", !line.hash.empty()}};
}

audit::Log log_in(Fields& fields) {
    const auto word = fields.text("log", kLongestCode);
    const auto log = audit::log_of(word);
    if (!log && !word.empty()) {
        fields.refuse("log", "unknown_log",
                      {"Attendu : activity ou security.", "Expected: activity or security."});
    }
    return log.value_or(audit::Log::activity);
}

std::string purpose_in(Fields& fields) {
    auto word = fields.text("purpose", kLongestCode);
    if (!word.empty() && !audit::is_purpose(word)) {
        std::string all;
        for (const std::string_view purpose : audit::kPurposes) {
            all += (all.empty() ? "" : ", ") + std::string(purpose);
        }
        fields.refuse("purpose", "unknown_purpose",
                      {"Dites pourquoi vous lisez le journal : " + all + ".",
                       "Say what you read the audit for: " + all + "."});
    }
    return word;
}

audit::LineQuery query_in(Fields& fields) {
    audit::LineQuery query;
    query.from = fields.optional_instant("from");
    query.until = fields.optional_instant("to");
    query.subject_kind = fields.optional_text("subject_kind", kLongestCode).value_or("");
    query.subject = fields.optional_id<std::int64_t>("subject_id").value_or(0);
    query.before = fields.optional_id<std::int64_t>("cursor");
    query.limit = fields.optional_integer("limit", {1, kMostLines}).value_or(kUsualLines);
    if (!query.subject_kind.empty() && !audit::is_code(query.subject_kind)) {
        fields.refuse("subject_kind", "not_a_code",
                      {"Attendu : un mot comme booking ou person.",
                       "Expected: a word like booking or person."});
    }
    if (query.subject != 0 && query.subject_kind.empty()) {
        fields.refuse(
            "subject_kind", "missing",
            {"Dites de quoi subject_id est le numéro.", "Say what subject_id is the number of."});
    }
    return query;
}

/// What was read is answered once the reading itself stands in the log.
Step list(const Request& request, store::Readers& readers) {
    if (!people::may_read_audit(request.signed_in())) {
        return forbidden(request);
    }
    auto fields = Fields::of_query(request);
    audit::ReadAudit reading;
    reading.chain = {request.town, log_in(fields)};
    reading.reader = request.signed_in().id;
    reading.purpose = purpose_in(fields);
    reading.query = query_in(fields);
    reading.now = request.now;
    if (!fields.ok()) {
        return fields.problem();
    }
    auto query = reading.query;
    ++query.limit;  // tells whether there is a next page
    auto page = readers.read([&](store::Session& session) {
        return page_response(audit::select_newest(session, reading.chain, query),
                             reading.query.limit, &audit::KeptLine::id,
                             [](const audit::KeptLine& line) { return to_json(line); });
    });
    return Work([reading = std::move(reading), page = std::move(page)](
                    store::Session& session) -> tl::expected<Response, Response> {
        audit::record_reading(session, reading);
        return page;
    });
}

}  // namespace

void add_audit_routes(Routes& routes) {
    routes.slow("GET", "/api/v1/audit", list);
}

}  // namespace creneau::http
