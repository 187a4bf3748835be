#include "api/http/subscription_routes.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/subscriptions/manage_subscriptions.hpp"
#include "api/booking/subscriptions/subscription_store.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/http/fields.hpp"
#include "api/http/json_values.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using booking::SubscriptionFault;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestWord = 40;
constexpr std::size_t kLongestService = 200;
constexpr std::size_t kLongestAddress = 320;
constexpr std::size_t kMostChanges = 5;
constexpr std::size_t kMostKinds = 50;

nlohmann::json to_json(const booking::Subscription& subscription) {
    auto changes = nlohmann::json::array();
    for (const auto change : subscription.changes) {
        changes.push_back(booking::word_of(change));
    }
    return {{"id", static_cast<std::int64_t>(subscription.id)},
            {"service", subscription.service},
            {"email", subscription.email},
            {"locale", subscription.locale},
            {"rhythm", booking::word_of(subscription.rhythm)},
            {"daily_at", subscription.daily_at.empty() ? nlohmann::json(nullptr)
                                                       : nlohmann::json(subscription.daily_at)},
            {"site_id", or_null(subscription.site)},
            {"room_id", or_null(subscription.room)},
            {"holders", booking::word_of(subscription.holders)},
            {"changes", std::move(changes)},
            {"kinds", subscription.kinds},
            {"alarms", subscription.alarms},
            {"created_at", to_rfc3339(subscription.created_at)}};
}

FieldError error_of(SubscriptionFault fault) {
    switch (fault) {
        case SubscriptionFault::unknown_site:
            return {
                "/site_id",
                "unknown_site",
                {"Choisissez un site de la liste /sites.", "Choose a site of the list /sites."}};
        case SubscriptionFault::unknown_room:
            return {
                "/room_id",
                "unknown_room",
                {"Choisissez une salle de la liste /rooms.", "Choose a room of the list /rooms."}};
        case SubscriptionFault::site_and_room:
            return {"/room_id",
                    "site_and_room",
                    {"Indiquez un site ou une salle, pas les deux.",
                     "Name a site or a room, not both."}};
        case SubscriptionFault::bad_email:
            return {"/email",
                    "bad_email",
                    {"Une adresse est attendue : batiments@ville.fr.",
                     "An address is expected: buildings@town.org."}};
        case SubscriptionFault::bad_hour:
            return {"/daily_at",
                    "bad_hour",
                    {"Une heure comme 07:00 est attendue avec le rythme daily, et avec lui seul.",
                     "A time like 07:00 is expected with the rhythm daily, and with it alone."}};
        case SubscriptionFault::no_changes:
            return {"/changes",
                    "no_changes",
                    {"Choisissez au moins un changement : requested, approved, refused, cancelled "
                     "ou moved, ou les alarmes.",
                     "Choose at least one change: requested, approved, refused, cancelled or "
                     "moved, or alarms."}};
        case SubscriptionFault::unknown_kind:
            return {"/kinds",
                    "unknown_kind",
                    {"Choisissez des types de la liste /booking-kinds.",
                     "Choose kinds of the list /booking-kinds."}};
        case SubscriptionFault::too_many:
            return {"",
                    "too_many_subscriptions",
                    {"La ville a déjà " + std::to_string(booking::kMostSubscriptions) +
                         " abonnements : supprimez-en un d’abord.",
                     "The town already has " + std::to_string(booking::kMostSubscriptions) +
                         " subscriptions: remove one first."}};
        case SubscriptionFault::not_allowed:
        case SubscriptionFault::unknown_subscription:
            break;
    }
    return {};
}

Response refused(const Request& request, const booking::SubscriptionFaults& faults) {
    if (faults.front() == SubscriptionFault::not_allowed) {
        return forbidden(request);
    }
    if (faults.front() == SubscriptionFault::unknown_subscription) {
        return not_found(request);
    }
    std::vector<FieldError> errors;
    std::ranges::transform(faults, std::back_inserter(errors), error_of);
    return unprocessable(request, std::move(errors));
}

/// A word of a closed list; the default when there is none.
template <class Value>
Value word_in(Fields& fields, const std::string& name,
              std::optional<Value> (*read)(std::string_view), const std::string& expected,
              Value otherwise) {
    const auto word = fields.optional_text(name, kLongestWord);
    const auto value = word ? read(*word) : std::optional(otherwise);
    if (!value) {
        fields.refuse(fields.name_of(name), "unknown_word",
                      {"Attendu : " + expected + ".", "Expected: " + expected + "."});
    }
    return value.value_or(otherwise);
}

std::optional<std::string> locale_of(std::string_view word) {
    return word == "fr" || word == "en" ? std::optional(std::string(word)) : std::nullopt;
}

std::vector<booking::BookingChange> changes_in(Fields& fields) {
    std::vector<booking::BookingChange> changes;
    for (const auto& word : fields.optional_texts("changes", kMostChanges)) {
        const auto change = booking::change_of_word(word);
        if (!change) {
            fields.refuse("/changes", "unknown_word",
                          {"Attendu : requested, approved, refused, cancelled ou moved.",
                           "Expected: requested, approved, refused, cancelled or moved."});
        } else if (std::ranges::find(changes, *change) == changes.end()) {
            changes.push_back(*change);
        }
    }
    return changes;
}

std::vector<std::string> kinds_in(Fields& fields) {
    auto kinds = fields.optional_texts("kinds", kMostKinds);
    std::ranges::sort(kinds);
    const auto doubled = std::ranges::unique(kinds);
    kinds.erase(doubled.begin(), doubled.end());
    return kinds;
}

Step subscribe(const Request& request) {
    auto fields = Fields::of_body(request);
    booking::Subscribe order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.now = request.now;
    booking::Subscription& wanted = order.subscription;
    wanted.service = fields.text("service", kLongestService);
    wanted.email = fields.text("email", kLongestAddress);
    wanted.locale = word_in<std::string>(fields, "locale", locale_of, "fr, en", "fr");
    wanted.rhythm =
        word_in(fields, "rhythm", booking::rhythm_of, "at_once, daily", booking::Rhythm::at_once);
    wanted.daily_at = fields.optional_text("daily_at", kLongestWord).value_or("");
    wanted.site = fields.optional_id<booking::SiteId>("site_id");
    wanted.room = fields.optional_id<booking::RoomId>("room_id");
    wanted.holders = word_in(fields, "holders", booking::holders_of,
                             "all, associations, individuals", booking::Holders::all);
    wanted.changes = changes_in(fields);
    wanted.kinds = kinds_in(fields);
    wanted.alarms = fields.optional_boolean("alarms").value_or(false);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto subscription = booking::subscribe(session, order);
        if (!subscription) {
            return tl::unexpected(refused(request, subscription.error()));
        }
        const auto id = std::to_string(static_cast<std::int64_t>(subscription->id));
        return created("/api/v1/subscriptions/" + id, to_json(*subscription));
    });
}

Response list(const Request& request, store::Session& session) {
    if (!booking::is_office(request.signed_in())) {
        return forbidden(request);
    }
    auto items = nlohmann::json::array();
    for (const auto& subscription : booking::select_subscriptions(session, request.town)) {
        items.push_back(to_json(subscription));
    }
    return json_response(200, {{"items", std::move(items)}});
}

Step unsubscribe(const Request& request) {
    const booking::Unsubscribe order{request.town, request.signed_in().id,
                                     booking::SubscriptionId{request.number("id")}, request.now};
    return Work([request, order](store::Session& session) -> Answered {
        const auto ended = booking::unsubscribe(session, order);
        if (!ended) {
            return tl::unexpected(refused(request, ended.error()));
        }
        return no_content();
    });
}

}  // namespace

void add_subscription_routes(Routes& routes) {
    routes.create("/api/v1/subscriptions", subscribe);
    routes.read("GET", "/api/v1/subscriptions", list);
    routes.write("DELETE", "/api/v1/subscriptions/:id", unsubscribe);
}

}  // namespace creneau::http
