#include "api/http/round_routes.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/rounds/decide_wishes.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/pin_wish.hpp"
#include "api/booking/rounds/propose_round.hpp"
#include "api/booking/rounds/publish_round.hpp"
#include "api/booking/rounds/round_demand.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_store.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/state_wish.hpp"
#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/round_answers.hpp"
#include "api/http/round_fields.hpp"
#include "api/http/routes.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using ChangeRound = booking::RoundOutcome<booking::Round> (*)(store::Session&,
                                                              const booking::ChangeRound&);
using ChangeWish = booking::RoundOutcome<booking::RoundWish> (*)(store::Session&,
                                                                 const booking::ChangeWish&);

constexpr IntegerRange kPage{1, booking::kLongestPage};
constexpr std::int64_t kUsualPage = 50;

/// The version that If-Match names; -1, which no row has, for any other tag.
std::optional<std::int64_t> version_of(const Request& request) {
    const auto tag = request.header("if-match");
    if (!tag || *tag == "*") {
        return std::nullopt;
    }
    std::int64_t version = -1;
    if (tag->size() > 2 && tag->front() == '"' && tag->back() == '"') {
        std::from_chars(tag->data() + 1, tag->data() + tag->size() - 1, version);
    }
    return etag_of_version(version) == *tag ? version : -1;
}

booking::ChangeRound round_change(const Request& request) {
    return {request.town, request.signed_in().id, booking::RoundId{request.number("id")},
            version_of(request), request.now};
}

booking::ChangeWish wish_change(const Request& request) {
    return {request.town,
            request.signed_in().id,
            booking::RoundId{request.number("id")},
            booking::RoundWishId{request.number("wish_id")},
            version_of(request),
            request.now};
}

Response answer_of(const Request& request, const booking::Round& round) {
    auto response = json_response(200, to_json(round, request.signed_in()));
    response.headers.emplace_back("ETag", etag_of_version(round.version));
    return response;
}

Response answer_of(const Request& request, const booking::RoundWish& wish) {
    auto response = json_response(200, to_json(wish, request.language));
    response.headers.emplace_back("ETag", etag_of_version(wish.version));
    return response;
}

template <class Value>
Answered answered(const Request& request, const booking::RoundOutcome<Value>& outcome) {
    if (!outcome) {
        return tl::unexpected(refused(request, outcome.error()));
    }
    return answer_of(request, *outcome);
}

Answered as_created(Answered answer, const std::string& location) {
    if (answer) {
        answer->status = 201;
        answer->headers.emplace_back("Location", location);
    }
    return answer;
}

std::string path_of(booking::RoundId round) {
    return "/api/v1/rounds/" + std::to_string(static_cast<std::int64_t>(round));
}

Step create(const Request& request) {
    auto fields = Fields::of_body(request);
    const booking::CreateRound order{request.town, request.signed_in().id, round_in(fields),
                                     request.now};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto round = booking::create_round(session, order);
        return as_created(answered(request, round), round ? path_of(round->id) : "");
    });
}

Step edit(const Request& request) {
    auto fields = Fields::of_body(request);
    auto order = round_edit_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    order.change = round_change(request);
    return Work([request, order](store::Session& session) {
        return answered(request, booking::edit_round(session, order));
    });
}

/// A step of the round's life, without a body.
template <ChangeRound change>
Step step(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order = round_change(request)](store::Session& session) {
        return answered(request, change(session, order));
    });
}

/// Reads, computes without a session, and hands the result to the writer.
Step propose(const Request& request, store::Readers& readers) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto order = round_change(request);
    const auto task = readers.read(
        [&](store::Session& session) { return booking::read_proposal(session, order); });
    if (!task) {
        return refused(request, task.error());
    }
    const auto allocation =
        std::make_shared<const booking::Allocation>(booking::decide_wishes(*task));
    return Work([request, order, task = *task, allocation](store::Session& session) {
        return answered(request, booking::keep_proposal(session, order, task, *allocation));
    });
}

Response list(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::RoundQuery query;
    query.drafts = booking::may_run_rounds(request.signed_in());
    query.limit = fields.optional_integer("limit", kPage).value_or(kUsualPage);
    query.before = fields.optional_id<booking::RoundId>("cursor");
    if (!fields.ok()) {
        return fields.problem();
    }
    return page_response(
        booking::select_rounds(session, request.town, query), query.limit, &booking::Round::id,
        [&](const booking::Round& round) { return to_json(round, request.signed_in()); });
}

Response show(const Request& request, store::Session& session) {
    const auto round = booking::find_round(session, request.town, request.signed_in(),
                                           booking::RoundId{request.number("id")});
    if (!round) {
        return refused(request, round.error());
    }
    return with_etag(request, json_response(200, to_json(*round, request.signed_in())),
                     etag_of_version(round->version));
}

Step state(const Request& request) {
    auto fields = Fields::of_body(request);
    const booking::StateWish order{request.town, request.signed_in().id,
                                   booking::RoundId{request.number("id")}, wish_in(fields),
                                   request.now};
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto wish = booking::state_wish(session, order);
        const auto location = wish ? path_of(wish->round) + "/wishes/" +
                                         std::to_string(static_cast<std::int64_t>(wish->id))
                                   : "";
        return as_created(answered(request, wish), location);
    });
}

Response list_wishes(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::WishPage page;
    page.town = request.town;
    page.round = booking::RoundId{request.number("id")};
    page.limit = fields.optional_integer("limit", kPage).value_or(kUsualPage);
    page.after = fields.optional_id<booking::RoundWishId>("cursor");
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto wishes = booking::list_wishes(session, request.signed_in(), page);
    if (!wishes) {
        return refused(request, wishes.error());
    }
    return page_response(
        *wishes, page.limit, &booking::RoundWish::id,
        [&](const booking::RoundWish& wish) { return to_json(wish, request.language); });
}

Response show_demand(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    booking::DemandPage page;
    page.town = request.town;
    page.round = booking::RoundId{request.number("id")};
    page.limit = fields.optional_integer("limit", kPage).value_or(kUsualPage);
    page.after = fields.optional_id<booking::RoomId>("cursor");
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto demand = booking::read_demand(session, request.signed_in(), page);
    if (!demand) {
        return refused(request, demand.error());
    }
    return page_response(*demand, page.limit, &booking::RoomDemand::room,
                         [](const booking::RoomDemand& room) { return to_json(room); });
}

Response show_wish(const Request& request, store::Session& session) {
    const auto wish = booking::find_wish(session, request.town, request.signed_in(),
                                         booking::RoundId{request.number("id")},
                                         booking::RoundWishId{request.number("wish_id")});
    return wish ? answer_of(request, *wish) : refused(request, wish.error());
}

Step edit_wish(const Request& request) {
    auto fields = Fields::of_body(request);
    auto order = wish_edit_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    order.change = wish_change(request);
    return Work([request, order](store::Session& session) {
        return answered(request, booking::edit_wish(session, order));
    });
}

template <ChangeWish change>
Step change_wish(const Request& request) {
    return Work([request, order = wish_change(request)](store::Session& session) {
        return answered(request, change(session, order));
    });
}

Step pin(const Request& request) {
    auto fields = Fields::of_body(request);
    auto order = pin_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    order.change = wish_change(request);
    return Work([request, order](store::Session& session) {
        return answered(request, booking::pin_wish(session, order));
    });
}

}  // namespace

void add_round_routes(Routes& routes) {
    const std::string round = "/api/v1/rounds/:id";
    const std::string wish = round + "/wishes/:wish_id";
    routes.create("/api/v1/rounds", create);
    routes.read("GET", "/api/v1/rounds", list);
    routes.read("GET", round, show);
    routes.write("PATCH", round, edit);
    routes.write("POST", round + "/open", step<booking::open_round>);
    routes.write("POST", round + "/close", step<booking::close_round>);
    routes.slow("POST", round + "/propose", propose);
    routes.write("POST", round + "/publish", step<booking::publish_round>);
    routes.read("GET", round + "/demand", show_demand);
    routes.create(round + "/wishes", state);
    routes.read("GET", round + "/wishes", list_wishes);
    routes.read("GET", wish, show_wish);
    routes.write("PATCH", wish, edit_wish);
    routes.write("DELETE", wish, change_wish<booking::withdraw_wish>);
    routes.write("PUT", wish + "/settled", pin);
    routes.write("DELETE", wish + "/settled", change_wish<booking::unpin_wish>);
}

}  // namespace creneau::http
