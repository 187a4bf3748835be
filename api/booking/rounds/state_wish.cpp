#include "api/booking/rounds/state_wish.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/reason_store.hpp"
#include "api/booking/rounds/acknowledge_wish.hpp"
#include "api/booking/rounds/check_form.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_store.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using Failures = std::vector<RoundFailure>;

/// Whoever is named books for the association; else the actor or its first manager does.
Failures choose_booker(store::Session& session, TownId town, PersonId actor, WishForm& form) {
    const auto managers = managers_of(session, town, form.association);
    const auto manages = [&](PersonId person) {
        return std::ranges::find(managers, person) != managers.end();
    };
    if (!form.booker && !managers.empty()) {
        form.booker = manages(actor) ? actor : managers.front();
    }
    if (form.booker && manages(*form.booker)) {
        return {};
    }
    return {failure_of(Failure{
        Rule::not_a_manager,
        form.booker ? "booker_id" : "association_id",
        {"Choisissez une association et une personne qui la gère et dont le compte est actif.",
         "Choose an association and a person who manages it and whose account is active."}})};
}

/// Only those who allocate name somebody else.
bool may_name(const people::Person& actor, const std::optional<PersonId>& booker) {
    return !booker || booker == actor.id || may_run_rounds(actor);
}

/// Those who allocate see to late and spoken wishes themselves.
bool takes_changes(RoundStatus status) {
    return status == RoundStatus::open || status == RoundStatus::closed ||
           status == RoundStatus::proposed;
}

Failures check_count(store::Session& session, const StateWish& order) {
    const auto& association = order.form.association;
    if (count_wishes(session, order.town, order.round, association) < kMostWishesEach &&
        count_wishes(session, order.town, order.round) < kMostWishes) {
        return {};
    }
    const std::string each = std::to_string(kMostWishesEach);
    const std::string all = std::to_string(kMostWishes);
    return {failure_of(RoundRule::too_many_wishes, "association_id",
                       {"Au plus " + each + " souhaits par association et " + all +
                            " par campagne : retirez-en un d'abord.",
                        "At most " + each + " wishes an association and " + all +
                            " a round: withdraw one first."})};
}

WishForm edited(WishForm form, const EditWish& order) {
    if (order.booker) {
        form.booker = order.booker;
    }
    form.hours.day = order.day.value_or(form.hours.day);
    form.hours.start = order.start.value_or(form.hours.start);
    form.hours.end = order.end.value_or(form.hours.end);
    form.hours.end_day_offset = order.end_day_offset.value_or(form.hours.end_day_offset);
    form.rooms = order.rooms.value_or(form.rooms);
    form.attendees = order.attendees.value_or(form.attendees);
    form.layout = order.layout.value_or(form.layout);
    form.purpose = order.purpose.value_or(form.purpose);
    form.equipment = order.equipment.value_or(form.equipment);
    return form;
}

RoundWish shown(RoundWish wish, const people::Person& reader, RoundStatus status) {
    if (!shows_decisions(status, may_run_rounds(reader)) || wish.withdrawn) {
        wish.decision.reset();
    }
    if (!may_run_rounds(reader) && status != RoundStatus::published) {
        wish.pin.reset();
    }
    return wish;
}

}  // namespace

RoundWish wish_changed(store::Session& session, const ChangeWish& change, const RoundWish& wish,
                       std::string_view action, std::string_view reason) {
    touch_round(session, change.town, change.round);
    audit::Line line;
    line.at = change.now;
    line.actor = change.actor;
    if (wish.form.booker != change.actor) {
        line.for_whom = wish.form.booker;
    }
    line.action = action;
    line.subject_kind = "round_wish";
    line.subject = static_cast<std::int64_t>(wish.id);
    audit::append(session, change.town, line);
    keep_reason(session, change.town,
                {line.subject_kind, line.subject, line.action, line.at, line.actor}, reason);
    return store::present(select_wish(session, change.town, wish.id), "wish just changed");
}

RoundOutcome<RoundWish> state_wish(store::Session& session, const StateWish& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    if (!actor) {
        return refuse(RoundRefusal::not_allowed);
    }
    const auto round = find_round(session, order.town, *actor, order.round);
    if (!round) {
        return tl::unexpected(round.error());
    }
    if (!may_wish_for(*actor, order.form.association) || !may_name(*actor, order.form.booker)) {
        return refuse(RoundRefusal::not_allowed);
    }
    if (!takes_changes(round->status) && may_run_rounds(*actor)) {
        return refuse(RoundRefusal::wrong_state);
    }
    RoundWish wish;
    wish.form = order.form;
    Failures failures = may_run_rounds(*actor)
                            ? Failures()
                            : check_open(*round, today_in(session, order.town, order.now));
    join(failures, choose_booker(session, order.town, order.actor, wish.form));
    join(failures, check_form(session, order.town, *round, wish.form));
    join(failures, check_count(session, order));
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    wish.round = order.round;
    wish.stated_by = order.actor;
    wish.stated_at = order.now;
    wish.id = insert_wish(session, order.town, wish);
    RoundWish stated =
        wish_changed(session, {order.town, order.actor, order.round, wish.id, {}, order.now}, wish,
                     "round_wish_stated");
    acknowledge_wish(session, {order.town, *actor, *round, "stated", order.now}, stated);
    return shown(std::move(stated), *actor, round->status);
}

RoundOutcome<OpenWish> open_wish(store::Session& session, const ChangeWish& change) {
    auto actor = people::find_person(session, change.town, change.actor);
    if (!actor) {
        return refuse(RoundRefusal::not_allowed);
    }
    auto round = find_round(session, change.town, *actor, change.round);
    if (!round) {
        return tl::unexpected(round.error());
    }
    auto wish = select_wish(session, change.town, change.wish);
    if (!wish || wish->round != change.round || !may_wish_for(*actor, wish->form.association)) {
        return refuse(RoundRefusal::unknown);
    }
    if (change.version && *change.version != wish->version) {
        return refuse(RoundRefusal::stale);
    }
    if (wish->withdrawn || (may_run_rounds(*actor) && !takes_changes(round->status))) {
        return refuse(RoundRefusal::wrong_state);
    }
    return OpenWish{*std::move(actor), *std::move(round), *std::move(wish)};
}

RoundOutcome<RoundWish> edit_wish(store::Session& session, const EditWish& order) {
    const ChangeWish& change = order.change;
    const auto open = open_wish(session, change);
    if (!open) {
        return tl::unexpected(open.error());
    }
    if (order.booker != open->wish.form.booker && !may_name(open->actor, order.booker)) {
        return refuse(RoundRefusal::not_allowed);
    }
    RoundWish after = open->wish;
    after.form = edited(open->wish.form, order);
    Failures failures = may_run_rounds(open->actor)
                            ? Failures()
                            : check_open(open->round, today_in(session, change.town, change.now));
    join(failures, choose_booker(session, change.town, change.actor, after.form));
    join(failures, check_form(session, change.town, open->round, after.form));
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    if (!update_wish(session, change.town, open->wish, after)) {
        return refuse(RoundRefusal::changed);
    }
    RoundWish written = wish_changed(session, change, after, "round_wish_edited");
    acknowledge_wish(session, {change.town, open->actor, open->round, "edited", change.now},
                     written);
    return shown(std::move(written), open->actor, RoundStatus::closed);
}

RoundOutcome<RoundWish> withdraw_wish(store::Session& session, const ChangeWish& change) {
    const auto open = open_wish(session, change);
    if (!open) {
        return tl::unexpected(open.error());
    }
    if (!may_run_rounds(open->actor)) {
        auto failures = check_open(open->round, today_in(session, change.town, change.now));
        if (!failures.empty()) {
            return refuse(std::move(failures));
        }
    }
    RoundWish after = open->wish;
    after.withdrawn = true;
    if (!update_wish(session, change.town, open->wish, after)) {
        return refuse(RoundRefusal::changed);
    }
    RoundWish written = wish_changed(session, change, after, "round_wish_withdrawn");
    acknowledge_wish(session, {change.town, open->actor, open->round, "withdrawn", change.now},
                     written);
    return shown(std::move(written), open->actor, RoundStatus::closed);
}

RoundOutcome<RoundWish> find_wish(store::Session& session, TownId town,
                                  const people::Person& reader, RoundId round, RoundWishId wish) {
    const auto found = find_round(session, town, reader, round);
    if (!found) {
        return tl::unexpected(found.error());
    }
    auto seen = select_wish(session, town, wish);
    if (!seen || seen->round != round || !may_wish_for(reader, seen->form.association)) {
        return refuse(RoundRefusal::unknown);
    }
    return shown(*std::move(seen), reader, found->status);
}

RoundOutcome<std::vector<RoundWish>> list_wishes(store::Session& session,
                                                 const people::Person& reader,
                                                 const WishPage& page) {
    const auto round = find_round(session, page.town, reader, page.round);
    if (!round) {
        return tl::unexpected(round.error());
    }
    RoundWishQuery query;
    query.round = page.round;
    query.limit = page.limit;
    query.after = page.after;
    query.withdrawn = true;
    if (!may_run_rounds(reader)) {
        query.manager = reader.id;
    }
    auto wishes = select_wishes(session, page.town, query);
    for (RoundWish& wish : wishes) {
        wish = shown(std::move(wish), reader, round->status);
    }
    return wishes;
}

}  // namespace creneau::booking
