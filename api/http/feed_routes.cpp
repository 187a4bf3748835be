#include "api/http/feed_routes.hpp"

#include "api/booking/feeds/feed_store.hpp"
#include "api/booking/feeds/feed_token.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/booking/feeds/manage_feeds.hpp"
#include "api/booking/feeds/read_feed.hpp"
#include "api/http/conditional.hpp"
#include "api/http/feed_answers.hpp"
#include "api/http/feed_pace.hpp"
#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/store/present.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestKind = 40;

Response refused(const Request& request, booking::FeedRefusal refusal) {
    switch (refusal) {
        case booking::FeedRefusal::not_allowed:
            return forbidden(request);
        case booking::FeedRefusal::unknown_subject:
            return unprocessable(request, {{"/subject_id",
                                            "unknown_subject",
                                            {"Rien de tel dans la ville : choisissez dans les "
                                             "listes /rooms et /sites, ou parmi vos associations.",
                                             "There is no such thing in the town: choose from the "
                                             "lists /rooms and /sites, or your associations."}}});
        case booking::FeedRefusal::another_person:
            return unprocessable(request, {{"/subject_id",
                                            "another_person",
                                            {"Un calendrier personnel ne montre que vos propres "
                                             "réservations : n’indiquez pas subject_id.",
                                             "A person's calendar shows your own bookings: leave "
                                             "subject_id out."}}});
        case booking::FeedRefusal::kind_elsewhere:
            return unprocessable(request, {{"/booking_kind",
                                            "kind_elsewhere",
                                            {"Seuls les calendriers de salles et de sites suivent "
                                             "un type de réservation : n’indiquez pas "
                                             "booking_kind.",
                                             "Only calendars of rooms and sites follow a kind of "
                                             "booking: leave booking_kind out."}}});
        case booking::FeedRefusal::unknown_kind:
            return unprocessable(request, {{"/booking_kind",
                                            "unknown_kind",
                                            {"La ville n’a pas ce type de réservation : choisissez "
                                             "dans la liste /booking-kinds.",
                                             "The town has no such kind of booking: choose from "
                                             "the list /booking-kinds."}}});
        case booking::FeedRefusal::too_many:
            return unprocessable(request,
                                 {{"",
                                   "too_many_feeds",
                                   {"Vous avez déjà " + std::to_string(booking::kMostFeeds) +
                                        " calendriers : supprimez-en un d’abord.",
                                    "You already have " + std::to_string(booking::kMostFeeds) +
                                        " calendars: remove one first."}}});
        case booking::FeedRefusal::unknown_feed:
            return not_found(request);
    }
    return not_found(request);
}

booking::FeedKind kind_in(Fields& fields) {
    const auto word = fields.text("kind", kLongestKind);
    const auto kind = booking::feed_kind_of(word);
    if (!kind && !word.empty()) {
        fields.refuse("/kind", "unknown_kind",
                      {"Attendu : room, site, association ou person.",
                       "Expected: room, site, association or person."});
    }
    return kind.value_or(booking::FeedKind::person);
}

/// No Idempotency-Key here: the answer holds the token, which is kept nowhere.
Step create(const Request& request) {
    auto fields = Fields::of_body(request);
    booking::CreateFeed order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.kind = kind_in(fields);
    order.subject = order.kind == booking::FeedKind::person
                        ? fields.optional_id<std::int64_t>("subject_id").value_or(0)
                        : fields.id<std::int64_t>("subject_id");
    order.booking_kind = fields.optional_text("booking_kind", Fields::kLongText).value_or("");
    order.now = request.now;
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto token = booking::new_feed_token();
    order.token_hash = store::present(booking::hash_of_feed_token(token), "hash of a new token");
    return Work([request, order, token](store::Session& session) -> Answered {
        const auto feed = booking::create_feed(session, order);
        if (!feed) {
            return tl::unexpected(refused(request, feed.error()));
        }
        auto body = to_json(*feed);
        body["path"] = "/feeds/" + token + ".ics";
        return created("/api/v1/feeds/" + std::to_string(static_cast<std::int64_t>(feed->id)),
                       body);
    });
}

Response list(const Request& request, store::Session& session) {
    auto items = nlohmann::json::array();
    for (const auto& feed :
         booking::select_feeds_of(session, request.town, request.signed_in().id)) {
        items.push_back(to_json(feed));
    }
    return json_response(200, {{"items", std::move(items)}});
}

Step revoke(const Request& request) {
    const booking::RevokeFeed order{request.town, request.signed_in().id,
                                    booking::FeedId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto feed = booking::revoke_feed(session, order);
        if (!feed) {
            return tl::unexpected(refused(request, feed.error()));
        }
        return no_content();
    });
}

Response read(const Request& request, store::Readers& readers, FeedPace& pace) {
    const auto hash = booking::hash_of_feed_token(request.parameters.at("token"));
    const auto content = hash ? readers.read([&](store::Session& session) {
        return booking::read_feed(session, request.town, *hash, request.now);
    })
                              : std::nullopt;
    const auto wait =
        pace.too_soon(content ? "feed " + *hash : "client " + request.client, request.now);
    if (wait) {
        return too_many(request, *wait);
    }
    if (!content) {
        return not_found(request);
    }
    Response response{200,
                      {{"Content-Type", "text/calendar; charset=utf-8"},
                       {"Content-Disposition", "inline; filename=\"calendrier.ics\""}},
                      calendar_text(*content)};
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

}  // namespace

void add_feed_routes(Routes& routes) {
    routes.write("POST", "/api/v1/feeds", create);
    routes.read("GET", "/api/v1/feeds", list);
    routes.write("DELETE", "/api/v1/feeds/:id", revoke);
    routes.slow(
        "GET", "/feeds/:token.ics",
        [pace = std::make_shared<FeedPace>()](const Request& request, store::Readers& readers)
            -> Step { return read(request, readers, *pace); },
        Access::anyone);
}

}  // namespace creneau::http
