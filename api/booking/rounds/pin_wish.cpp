#include "api/booking/rounds/pin_wish.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/rounds/check_form.hpp"
#include "api/booking/rounds/decide_wishes.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_task.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/booking/rounds/state_wish.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

RoundOutcome<OpenWish> open_to_settle(store::Session& session, const ChangeWish& change) {
    auto open = open_wish(session, change);
    if (open && !may_run_rounds(open->actor)) {
        return refuse(RoundRefusal::not_allowed);
    }
    return open;
}

RoundFailure nothing_or_place(std::string_view field) {
    return failure_of(
        RoundRule::nothing_or_place, std::string(field),
        {"Un souhait n'obtient rien, ou bien une place : envoyez gets_nothing sans salle ni "
         "horaire, ou une place sans gets_nothing.",
         "A wish gets nothing or gets a place: send gets_nothing without room and hours, or a "
         "place without gets_nothing."});
}

/// Neither of the two is passed over: every field that says one of them is named.
std::vector<RoundFailure> check_nothing(const PinWish& order) {
    const std::array<std::pair<std::string_view, bool>, 5> place{
        {{"room_id", order.room.has_value()},
         {"weekday", order.day.has_value()},
         {"start_time", order.start.has_value()},
         {"end_time", order.end.has_value()},
         {"end_day_offset", order.end_day_offset.has_value()}}};
    std::vector<RoundFailure> failures;
    if (!order.gets_nothing) {
        return failures;
    }
    for (const auto& [field, is_there] : place) {
        if (is_there && failures.empty()) {
            failures.push_back(nothing_or_place("gets_nothing"));
        }
        if (is_there) {
            failures.push_back(nothing_or_place(field));
        }
    }
    return failures;
}

RoundPin pin_of(const PinWish& order, const WishForm& form) {
    if (order.gets_nothing) {
        return {{}, order.reason};
    }
    WeekPlace place{order.room.value_or(form.rooms.front()), form.hours};
    place.hours.day = order.day.value_or(place.hours.day);
    place.hours.start = order.start.value_or(place.hours.start);
    place.hours.end = order.end.value_or(place.hours.end);
    place.hours.end_day_offset = order.end_day_offset.value_or(place.hours.end_day_offset);
    return {place, order.reason};
}

RoundWish settled(store::Session& session, const ChangeWish& change, const RoundWish& wish,
                  const std::optional<RoundPin>& pin) {
    set_pin(session, change.town, wish.id, pin);
    const std::string_view action = !pin         ? "round_wish_unsettled"
                                    : pin->place ? "round_wish_settled"
                                                 : "round_wish_excluded";
    auto now = wish_changed(session, change, wish, action, pin ? pin->reason : "");
    now.decision.reset();
    return now;
}

/// Whether some other wish is settled there then.
std::vector<RoundFailure> check_others(store::Session& session, const ChangeWish& change,
                                       const Round& round) {
    const auto twice = settled_twice(read_settled(session, change.town, round));
    if (!twice) {
        return {};
    }
    const RoundWishId other = twice->first == change.wish ? twice->second : twice->first;
    const std::string number = std::to_string(static_cast<std::int64_t>(other));
    return {failure_of(
        RoundRule::place_settled, "room_id",
        {"Le souhait n° " + number +
             " est déjà fixé à cet endroit et à ce moment : déplacez-le d'abord.",
         "Wish " + number + " is settled into this place at this time already: move it first."})};
}

}  // namespace

RoundOutcome<RoundWish> pin_wish(store::Session& session, const PinWish& order) {
    const auto open = open_to_settle(session, order.change);
    if (!open) {
        return tl::unexpected(open.error());
    }
    const RoundPin pin = pin_of(order, open->wish.form);
    auto failures = check_nothing(order);
    std::ranges::move(check_pin_reason(pin), std::back_inserter(failures));
    if (pin.place) {
        std::ranges::move(
            check_settled(session, order.change.town, open->round, open->wish.form, *pin.place),
            std::back_inserter(failures));
    }
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    auto wish = settled(session, order.change, open->wish, pin);
    if (pin.place) {
        auto clash = check_others(session, order.change, open->round);
        if (!clash.empty()) {
            return refuse(std::move(clash));
        }
    }
    return wish;
}

RoundOutcome<RoundWish> unpin_wish(store::Session& session, const ChangeWish& change) {
    const auto open = open_to_settle(session, change);
    if (!open) {
        return tl::unexpected(open.error());
    }
    return settled(session, change, open->wish, {});
}

}  // namespace creneau::booking
