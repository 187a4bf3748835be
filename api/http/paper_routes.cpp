#include "api/http/paper_routes.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/papers/keep_papers.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/paper_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongWord = 40;
constexpr std::size_t kLongestReference = 60;
constexpr std::int64_t kLongestPage = 100;
constexpr std::int64_t kLongestAhead = 3660;  // days

access::Holder holder_in(const Request& request, access::HolderKind kind) {
    return {kind, request.number("id")};
}

std::string text_of(const std::optional<booking::LocalDate>& date) {
    return date ? booking::text_of(*date) : "";
}

booking::RecordPaper paper_in(Fields& fields, const Request& request, access::HolderKind kind) {
    booking::RecordPaper order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.holder = holder_in(request, kind);
    const auto word = fields.text("kind", kLongWord);
    const auto known = booking::paper_kind_of(word);
    if (!known && !word.empty()) {
        fields.refuse("/kind", "unknown_kind",
                      {"Attendu : insurance, agreement, deposit, statutes, declaration ou "
                       "commitment.",
                       "Expected: insurance, agreement, deposit, statutes, declaration or "
                       "commitment."});
    }
    order.kind = known.value_or(order.kind);
    order.reference = fields.optional_text("reference", kLongestReference).value_or("");
    order.valid_from = text_of(date_in(fields, "valid_from"));
    order.valid_until = text_of(optional_date_in(fields, "valid_until"));
    order.accepted = fields.optional_boolean("accepted").value_or(false);
    order.now = request.now;
    return order;
}

Step record(const Request& request, access::HolderKind kind) {
    auto fields = Fields::of_body(request);
    const auto order = paper_in(fields, request, kind);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto paper = booking::record_paper(session, order);
        if (!paper) {
            return tl::unexpected(refused(request, paper.error()));
        }
        return json_response(201, to_json(*paper));
    });
}

booking::PaperPage page_in(Fields& fields) {
    booking::PaperPage page;
    page.limit = fields.optional_integer("limit", {1, kLongestPage}).value_or(page.limit);
    page.before = fields.optional_id<booking::PaperId>("cursor");
    return page;
}

Response list_response(const std::vector<booking::Paper>& papers, const booking::PaperPage& page) {
    return page_response(papers, page.limit, &booking::Paper::id,
                         [](const booking::Paper& paper) { return to_json(paper); });
}

Response list(const Request& request, store::Session& session, access::HolderKind kind) {
    auto fields = Fields::of_query(request);
    const auto page = page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto papers = booking::list_papers(session, request.signed_in(),
                                             {request.town, holder_in(request, kind), page});
    return papers ? list_response(*papers, page) : refused(request, papers.error());
}

Response list_expiring(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = page_in(fields);
    const auto within = fields.integer("expiring_within_days", {0, kLongestAhead});
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto papers = booking::list_expiring(
        session, request.signed_in(), {request.town, std::chrono::days(within), page, request.now});
    return papers ? list_response(*papers, page) : refused(request, papers.error());
}

/// What If-Match names: the ETag under which the file was read.
std::string digest_in(const Request& request) {
    const auto tag = request.header("if-match").value_or("");
    const bool is_strong = tag.size() > 1 && tag.front() == '"' && tag.back() == '"';
    return is_strong ? std::string(tag.substr(1, tag.size() - 2)) : std::string();
}

Response not_accepted(const Request& request, const booking::BookingError& error) {
    if (error.refusal != booking::Refusal::stale || request.header("if-match")) {
        return refused(request, error);
    }
    return problem_response(request, {428,
                                      "if_match_needed",
                                      {"Lisez le fichier et envoyez son ETag (en-tête If-Match).",
                                       "Read the file and send its ETag (If-Match header)."}});
}

Step accept(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const booking::AcceptPaper order{request.town, request.signed_in().id,
                                     booking::PaperId{request.number("id")}, request.now,
                                     digest_in(request)};
    return Work([request, order](store::Session& session) -> Answered {
        const auto paper = booking::accept_paper(session, order);
        if (!paper) {
            return tl::unexpected(not_accepted(request, paper.error()));
        }
        return json_response(200, to_json(*paper));
    });
}

void add_holder(Routes& routes, const std::string& path, access::HolderKind kind) {
    routes.create(path, [kind](const Request& request) { return record(request, kind); });
    routes.read("GET", path, [kind](const Request& request, store::Session& session) {
        return list(request, session, kind);
    });
}

}  // namespace

void add_paper_routes(Routes& routes) {
    add_holder(routes, "/api/v1/associations/:id/papers", access::HolderKind::association);
    add_holder(routes, "/api/v1/people/:id/papers", access::HolderKind::person);
    routes.read("GET", "/api/v1/papers", list_expiring);
    routes.write("POST", "/api/v1/papers/:id/accept", accept);
}

}  // namespace creneau::http
