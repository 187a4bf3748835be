#include "api/booking/rounds/propose_round.hpp"

#include "api/booking/rounds/decide_wishes.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_task.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

std::string number_of(RoundWishId wish) {
    return std::to_string(static_cast<std::int64_t>(wish));
}

}  // namespace

RoundOutcome<RoundTask> read_proposal(store::Session& session, const ChangeRound& change) {
    auto round = open_change(session, change);
    if (!round) {
        return tl::unexpected(round.error());
    }
    if (round->status != RoundStatus::closed && round->status != RoundStatus::proposed) {
        return refuse(RoundRefusal::wrong_state);
    }
    auto task = read_task(session, change.town, *round);
    if (const auto twice = settled_twice(task)) {
        const std::string one = number_of(twice->first);
        const std::string other = number_of(twice->second);
        return refuse({failure_of(
            RoundRule::place_settled, "pin",
            {"Les souhaits n° " + one + " et n° " + other +
                 " sont fixés au même endroit et au même moment : déplacez l'un des deux.",
             "Wishes " + one + " and " + other +
                 " are settled into the same place at the same time: move one of them."})});
    }
    return task;
}

RoundOutcome<Round> keep_proposal(store::Session& session, const ChangeRound& change,
                                  const RoundTask& task, const Allocation& allocation) {
    auto now = change;
    now.version.reset();
    auto round = open_change(session, now);
    if (!round) {
        return round;
    }
    if (round->version != task.round.version) {
        return refuse(RoundRefusal::changed);
    }
    for (std::size_t at = 0; at < task.wishes.size(); ++at) {
        set_decision(session, change.town, task.wishes[at].wish, allocation.decisions[at]);
    }
    Round after = *round;
    after.status = RoundStatus::proposed;
    after.points = allocation.points;
    after.is_optimal = allocation.is_optimal;
    return write_round(session, change, *round, after, "round_proposed");
}

}  // namespace creneau::booking
