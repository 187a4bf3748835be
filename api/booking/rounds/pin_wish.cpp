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

#include <cstdint>
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
    auto failures = check_pin_reason(pin);
    if (pin.place) {
        for (RoundFailure& failure :
             check_settled(session, order.change.town, open->round, open->wish.form, *pin.place)) {
            failures.push_back(std::move(failure));
        }
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
