#include "api/http/paper_routes.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/papers/keep_papers.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/fields.hpp"
#include "api/http/paper_answers.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongWord = 40;

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
                      {"Attendu : insurance, agreement ou deposit.",
                       "Expected: insurance, agreement or deposit."});
    }
    order.kind = known.value_or(order.kind);
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

Response list(const Request& request, store::Session& session, access::HolderKind kind) {
    const auto papers =
        booking::list_papers(session, request.town, request.signed_in(), holder_in(request, kind));
    if (!papers) {
        return refused(request, papers.error());
    }
    auto items = nlohmann::json::array();
    for (const auto& paper : *papers) {
        items.push_back(to_json(paper));
    }
    return json_response(200, {{"items", std::move(items)}});
}

Step accept(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const booking::AcceptPaper order{request.town, request.signed_in().id,
                                     booking::PaperId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto paper = booking::accept_paper(session, order);
        if (!paper) {
            return tl::unexpected(refused(request, paper.error()));
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
    routes.write("POST", "/api/v1/papers/:id/accept", accept);
}

}  // namespace creneau::http
