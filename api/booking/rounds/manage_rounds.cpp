#include "api/booking/rounds/manage_rounds.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/rounds/round_calendar.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_store.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/subscriptions/subscription_store.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

void record(store::Session& session, const ChangeRound& change, std::string_view action) {
    audit::Line line;
    line.at = change.now;
    line.actor = change.actor;
    line.action = action;
    line.subject_kind = "round";
    line.subject = static_cast<std::int64_t>(change.round);
    audit::append(session, change.town, line);
}

/// What only the database knows of the criteria.
std::vector<RoundFailure> check_groups(store::Session& session, TownId town,
                                       const std::vector<Criterion>& criteria) {
    std::vector<RoundFailure> failures;
    for (std::size_t at = 0; at < criteria.size(); ++at) {
        const auto& group = criteria[at].group;
        if (group && !has_group(session, town, *group)) {
            failures.push_back(failure_of(RoundRule::bad_group,
                                          "criteria/" + std::to_string(at) + "/group_id",
                                          {"Ce groupe n'existe pas.", "There is no such group."}));
        }
    }
    return failures;
}

std::vector<RoundFailure> check_all(store::Session& session, TownId town, const Round& round,
                                    std::chrono::sys_seconds now) {
    auto failures = check_round(round, today_in(session, town, now));
    for (RoundFailure& failure : check_groups(session, town, round.criteria)) {
        failures.push_back(std::move(failure));
    }
    return failures;
}

/// Whether the days of a round are as they were: what is wrong with them then is nothing that an
/// edit did, and is for the opening to say.
bool has_same_days(const Round& before, const Round& after) {
    return before.wishes_from == after.wishes_from && before.wishes_until == after.wishes_until &&
           before.season_first == after.season_first && before.season_last == after.season_last;
}

bool is_about_days(const RoundFailure& failure) {
    return failure.code == word_of(RoundRule::bad_wish_dates) ||
           failure.code == word_of(RoundRule::bad_season);
}

Round edited(Round round, const EditRound& order) {
    round.name = order.name.value_or(round.name);
    round.wishes_from = order.wishes_from.value_or(round.wishes_from);
    round.wishes_until = order.wishes_until.value_or(round.wishes_until);
    round.season_first = order.season_first.value_or(round.season_first);
    round.season_last = order.season_last.value_or(round.season_last);
    round.skip_holidays = order.skip_holidays.value_or(round.skip_holidays);
    round.skip_school_holidays = order.skip_school_holidays.value_or(round.skip_school_holidays);
    round.criteria = order.criteria.value_or(round.criteria);
    return round;
}

}  // namespace

LocalDate today_in(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const std::string local = local_time_of(now, select_town_words(session, town).time_zone);
    return store::present(parse_date(std::string_view(local).substr(0, kDateLength)), "today");
}

RoundOutcome<Round> open_change(store::Session& session, const ChangeRound& change) {
    const auto actor = people::find_person(session, change.town, change.actor);
    if (!actor || !may_run_rounds(*actor)) {
        return refuse(RoundRefusal::not_allowed);
    }
    const auto round = select_round(session, change.town, change.round);
    if (!round) {
        return refuse(RoundRefusal::unknown);
    }
    if (change.version && *change.version != round->version) {
        return refuse(RoundRefusal::stale);
    }
    return *round;
}

RoundOutcome<Round> find_round(store::Session& session, TownId town, const people::Person& reader,
                               RoundId round) {
    const auto found = select_round(session, town, round);
    if (!found || (found->status == RoundStatus::draft && !may_run_rounds(reader))) {
        return refuse(RoundRefusal::unknown);
    }
    return *found;
}

RoundOutcome<Round> write_round(store::Session& session, const ChangeRound& change,
                                const Round& before, const Round& after, std::string_view action) {
    if (!update_round(session, change.town, before, after)) {
        return refuse(RoundRefusal::changed);
    }
    record(session, change, action);
    return store::present(select_round(session, change.town, change.round), "round just written");
}

RoundOutcome<Round> create_round(store::Session& session, const CreateRound& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    if (!actor || !may_run_rounds(*actor)) {
        return refuse(RoundRefusal::not_allowed);
    }
    Round round = order.round;
    round.status = RoundStatus::draft;
    round.created_at = order.now;
    round.created_by = order.actor;
    auto failures = check_all(session, order.town, round, order.now);
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    round.id = insert_round(session, order.town, round);
    record(session, {order.town, order.actor, round.id, {}, order.now}, "round_created");
    return round;
}

RoundOutcome<Round> edit_round(store::Session& session, const EditRound& order) {
    auto before = open_change(session, order.change);
    if (!before) {
        return before;
    }
    const bool is_read =
        before->status == RoundStatus::open || before->status == RoundStatus::closed;
    if (before->status != RoundStatus::draft && !is_read) {
        return refuse(RoundRefusal::wrong_state);
    }
    const Round after = edited(*before, order);
    auto failures = check_all(session, order.change.town, after, order.change.now);
    if (has_same_days(*before, after)) {
        std::erase_if(failures, is_about_days);
    }
    if (is_read) {
        for (RoundFailure& failure : check_fixed(*before, after)) {
            failures.push_back(std::move(failure));
        }
    }
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    return write_round(session, order.change, *before, after, "round_edited");
}

RoundOutcome<Round> open_round(store::Session& session, const ChangeRound& change) {
    auto before = open_change(session, change);
    if (!before) {
        return before;
    }
    if (before->status != RoundStatus::draft && before->status != RoundStatus::closed) {
        return refuse(RoundRefusal::wrong_state);
    }
    auto failures = check_all(session, change.town, *before, change.now);
    for (RoundFailure& failure : check_calendars(session, change.town, *before)) {
        failures.push_back(std::move(failure));
    }
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    Round after = *before;
    after.status = RoundStatus::open;
    return write_round(session, change, *before, after, "round_opened");
}

RoundOutcome<Round> close_round(store::Session& session, const ChangeRound& change) {
    auto before = open_change(session, change);
    if (!before) {
        return before;
    }
    if (before->status != RoundStatus::open) {
        return refuse(RoundRefusal::wrong_state);
    }
    Round after = *before;
    after.status = RoundStatus::closed;
    return write_round(session, change, *before, after, "round_closed");
}

}  // namespace creneau::booking
