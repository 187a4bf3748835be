#include "api/http/decision_routes.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/selection/decide_selection.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/fields.hpp"
#include "api/http/paper_answers.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/selection_answers.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

/// Each booking once, with the sequence that the office has seen.
std::vector<booking::SelectedBooking> bookings_in(Fields& fields) {
    std::vector<booking::SelectedBooking> bookings;
    std::set<std::int64_t> seen;
    for (const auto& record :
         fields.records("bookings", {"id", "sequence"}, booking::kLargestSelection)) {
        if (!seen.insert(record[0]).second) {
            fields.refuse("/bookings/" + std::to_string(bookings.size()) + "/id", "repeated",
                          {"Cette réservation figure deux fois : gardez-la une fois.",
                           "This booking stands twice: keep it once."});
        }
        bookings.push_back({booking::BookingId{record[0]}, record[1]});
    }
    return bookings;
}

booking::Decision decision_in(Fields& fields) {
    const auto word = fields.text("decision", Fields::kLongText);
    if (!word.empty() && word != "approve" && word != "refuse") {
        fields.refuse("/decision", "unknown_word",
                      {"Attendu : approve ou refuse.", "Expected: approve or refuse."});
    }
    return word == "refuse" ? booking::Decision::refuse : booking::Decision::approve;
}

booking::DecideSelection order_in(Fields& fields, const Request& request) {
    booking::DecideSelection order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.now = request.now;
    order.decision = decision_in(fields);
    order.bookings = bookings_in(fields);
    if (order.decision == booking::Decision::refuse) {
        order.ground = fields.text("ground", Fields::kLongText);
        order.text = fields.optional_text("text", Fields::kLongText).value_or("");
    } else {
        order.override_reason =
            fields.optional_text("override_reason", Fields::kLongText).value_or("");
    }
    return order;
}

nlohmann::json item_of(const Request& request, const booking::DecideSelection& order,
                       const booking::SelectedOutcome& outcome) {
    const auto* done = order.decision == booking::Decision::approve ? "approved" : "refused";
    auto others = nlohmann::json::array();
    for (const auto id : outcome.collides_with) {
        others.push_back(static_cast<std::int64_t>(id));
    }
    return {
        {"id", static_cast<std::int64_t>(outcome.id)},
        {"outcome", outcome.error ? "left" : done},
        {"sequence", outcome.error ? nlohmann::json(nullptr) : nlohmann::json(outcome.sequence)},
        {"collides_with", std::move(others)},
        {"missing_papers", to_json(outcome.missing_papers)},
        // What the single decision would have answered.
        {"problem", outcome.error ? nlohmann::json::parse(refused(request, *outcome.error).body)
                                  : nlohmann::json(nullptr)}};
}

Step decide(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto order = order_in(fields, request);
    const bool is_preview = fields.optional_boolean("preview").value_or(false);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order, is_preview](store::Session& session) -> Answered {
        const auto outcomes = booking::decide_selection(session, order);
        if (!outcomes) {
            return tl::unexpected(refused(request, outcomes.error()));
        }
        auto items = nlohmann::json::array();
        for (const auto& outcome : *outcomes) {
            items.push_back(item_of(request, order, outcome));
        }
        fit_items(items);
        const auto left = std::ranges::count_if(
            *outcomes, [](const auto& outcome) { return outcome.error.has_value(); });
        auto response =
            json_response(200, {{"preview", is_preview},
                                {"decided", static_cast<std::int64_t>(outcomes->size()) - left},
                                {"left", left},
                                {"items", std::move(items)}});
        if (is_preview) {
            return tl::unexpected(std::move(response));  // undoes what it tried
        }
        return response;
    });
}

}  // namespace

void add_decision_routes(Routes& routes) {
    routes.create("/api/v1/bookings/decisions", decide);
}

}  // namespace creneau::http
