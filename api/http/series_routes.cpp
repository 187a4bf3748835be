#include "api/http/series_routes.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/find_series.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/request_series.hpp"
#include "api/booking/series/retry_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/series/sort_series.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/series_answers.hpp"
#include "api/http/series_fields.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using ChangeSeries = std::function<booking::Outcome<booking::SeriesId>(store::Session&)>;

constexpr std::size_t kLongText = 20'000;

/// The series as the actor sees it, from within the transaction that changed it.
Answered series_response(store::Session& session, const Request& request, booking::SeriesId id) {
    const auto view =
        booking::find_series(session, request.town, request.signed_in(), id, request.now);
    if (!view) {
        return tl::unexpected(refused(request, view.error()));
    }
    auto response = json_response(200, to_json(*view, request.language));
    auto etag = etag_of_bytes(response.body);
    response.headers.emplace_back("ETag", std::move(etag));
    return response;
}

bool is_stale(store::Session& session, const Request& request) {
    if (!request.header("if-match")) {
        return false;
    }
    const auto view = booking::find_series(session, request.town, request.signed_in(),
                                           booking::SeriesId{request.number("id")}, request.now);
    return view &&
           if_match(request,
                    etag_of_bytes(json_response(200, to_json(*view, request.language)).body)) ==
               IfMatch::stale;
}

Work change_work(const Request& request, ChangeSeries change) {
    return [request, change = std::move(change)](store::Session& session) -> Answered {
        if (is_stale(session, request)) {
            return tl::unexpected(stale(request));
        }
        const auto outcome = change(session);
        if (!outcome) {
            return tl::unexpected(refused(request, outcome.error()));
        }
        return series_response(session, request, *outcome);
    };
}

Step ask(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto order = series_in(fields, request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto outcome = booking::request_series(session, order);
        if (!outcome) {
            return tl::unexpected(refused(request, outcome.error()));
        }
        auto response = series_response(session, request, *outcome);
        if (response) {
            response->status = 201;
            response->headers.emplace_back(
                "Location",
                "/api/v1/series/" + std::to_string(static_cast<std::int64_t>(*outcome)));
        }
        return response;
    });
}

Response preview(const Request& request, store::Session& session) {
    auto fields = Fields::of_body(request);
    const auto order = series_in(fields, request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto plan = booking::preview_series(session, order);
    if (!plan) {
        return refused(request, plan.error());
    }
    return json_response(200, to_json(*plan, order.conflicts, request.language));
}

Response show(const Request& request, store::Session& session) {
    const auto view = booking::find_series(session, request.town, request.signed_in(),
                                           booking::SeriesId{request.number("id")}, request.now);
    if (!view) {
        return refused(request, view.error());
    }
    auto response = json_response(200, to_json(*view, request.language));
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

/// The edit that body and query ask for, or what is wrong with them.
tl::expected<booking::EditSeries, Response> edit_of(const Request& request) {
    auto fields = Fields::of_body(request);
    auto order = edit_in(fields);
    auto reason = fields.optional_text("override_reason", kLongText).value_or("");
    if (!fields.ok()) {
        return tl::unexpected(fields.problem());
    }
    auto query = Fields::of_query(request);
    order.change = change_in(query, request);
    order.change.override_reason = std::move(reason);
    if (!query.ok()) {
        return tl::unexpected(query.problem());
    }
    return order;
}

Step edit(const Request& request) {
    auto order = edit_of(request);
    if (!order) {
        return std::move(order).error();
    }
    return change_work(request, [order = *std::move(order)](store::Session& session) {
        return booking::edit_series(session, order);
    });
}

/// The edit itself, whose answer is a refusal to the writer: all of it is undone.
Step preview_edit(const Request& request) {
    auto order = edit_of(request);
    if (!order) {
        return std::move(order).error();
    }
    return Work([request, order = *std::move(order)](store::Session& session) -> Answered {
        if (is_stale(session, request)) {
            return tl::unexpected(stale(request));
        }
        const auto find = [&](booking::SeriesId series) {
            return booking::find_series(session, request.town, request.signed_in(), series,
                                        request.now);
        };
        const auto before = find(order.change.series);
        const auto edited = booking::edit_series(session, order);
        if (!before || !edited) {
            return tl::unexpected(refused(request, before ? edited.error() : before.error()));
        }
        const auto left = find(order.change.series);
        const auto after = find(*edited);
        if (!left || !after) {
            return tl::unexpected(refused(request, left ? after.error() : left.error()));
        }
        return tl::unexpected(
            json_response(200, edit_to_json({*before, *left, *after}, request.language)));
    });
}

Step retry(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto order = retry_in(fields, request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request, [order](store::Session& session) {
        return booking::retry_series(session, order);
    });
}

Step approve(const Request& request) {
    auto fields = Fields::of_body(request);
    booking::ApproveSeries order{change_in(fields, request), conflicts_in(fields)};
    order.change.override_reason = fields.optional_text("override_reason", kLongText).value_or("");
    if (order.conflicts == booking::ConflictPolicy::replace) {
        fields.refuse("/conflicts", "unknown_policy",
                      {"Attendu : fail ou skip.", "Expected: fail or skip."});
    }
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request, [order](store::Session& session) {
        return booking::approve_series(session, order);
    });
}

Step sort(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto change = change_in(fields, request);
    const auto kind = kind_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request,
                       [order = booking::SortSeries{change, kind}](store::Session& session) {
                           return booking::sort_series(session, order);
                       });
}

Step refuse(const Request& request) {
    auto fields = Fields::of_body(request);
    const booking::RefuseSeries order{change_in(fields, request), fields.text("ground", kLongText),
                                      fields.optional_text("text", kLongText).value_or("")};
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request, [order](store::Session& session) {
        return booking::refuse_series(session, order);
    });
}

Step cancel(const Request& request) {
    auto fields = Fields::of_body(request);
    const booking::CancelSeries order{change_in(fields, request),
                                      fields.optional_text("reason", kLongText).value_or(""),
                                      fields.optional_text("text", kLongText).value_or("")};
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request, [order](store::Session& session) {
        return booking::cancel_series(session, order);
    });
}

}  // namespace

void add_series_routes(Routes& routes) {
    routes.create("/api/v1/series", ask);
    routes.read("POST", "/api/v1/series/preview", preview);
    routes.read("GET", "/api/v1/series/:id", show);
    routes.write_with_query("PATCH", "/api/v1/series/:id", edit);
    routes.write_with_query("POST", "/api/v1/series/:id/preview", preview_edit);
    routes.create("/api/v1/series/:id/retry", retry);
    routes.write("POST", "/api/v1/series/:id/approve", approve);
    routes.write("POST", "/api/v1/series/:id/refuse", refuse);
    routes.write("POST", "/api/v1/series/:id/cancel", cancel);
    routes.write("PUT", "/api/v1/series/:id/kind", sort);
}

}  // namespace creneau::http
