#include "api/booking/rounds/round_demand.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using std::chrono::minutes;

constexpr minutes kDay{24 * 60};
constexpr minutes kWeek = 7 * kDay;

/// Minutes of the week, half-open, that a wish needs a space for.
struct Need {
    minutes from{};
    minutes until{};
    RoundWishId wish{};
};

using Needs = std::map<SpaceId, std::vector<Need>>;

minutes start_of(std::chrono::weekday day) {
    return kDay * (day.iso_encoding() - 1);
}

/// Each wish once a space, however many of its rooms have it.
Needs needs_of(std::span<const RoundWish> wishes,
               const std::map<RoomId, const WishedRoom*>& rooms) {
    Needs needs;
    for (const RoundWish& wish : wishes) {
        const auto at = store::present(minutes_of(wish.form.hours), "hours of a wish");
        const minutes from = start_of(wish.form.hours.day) + at.from;
        const minutes until = start_of(wish.form.hours.day) + at.until;
        std::set<SpaceId> spaces;
        for (const RoomId room : wish.form.rooms) {
            if (const auto found = rooms.find(room); found != rooms.end()) {
                spaces.insert(found->second->spaces.begin(), found->second->spaces.end());
            }
        }
        for (const SpaceId space : spaces) {
            needs[space].push_back({from, std::min(until, kWeek), wish.id});
            if (until > kWeek) {
                needs[space].push_back({minutes(0), until - kWeek, wish.id});
            }
        }
    }
    return needs;
}

/// Those who need one of these spaces at that time together with somebody else.
std::vector<RoundWishId> rivals_at(const Needs& needs, const std::vector<SpaceId>& spaces,
                                   minutes time) {
    std::set<RoundWishId> rivals;
    for (const SpaceId space : spaces) {
        const auto found = needs.find(space);
        std::vector<RoundWishId> there;
        if (found != needs.end()) {
            for (const Need& need : found->second) {
                if (need.from <= time && time < need.until) {
                    there.push_back(need.wish);
                }
            }
        }
        if (there.size() > 1) {
            rivals.insert(there.begin(), there.end());
        }
    }
    return {rivals.begin(), rivals.end()};
}

/// Every time at which something begins or ends, and every midnight.
std::set<minutes> times_of(const Needs& needs, const std::vector<SpaceId>& spaces) {
    std::set<minutes> times;
    for (int day = 0; day <= 7; ++day) {
        times.insert(kDay * day);
    }
    for (const SpaceId space : spaces) {
        if (const auto found = needs.find(space); found != needs.end()) {
            for (const Need& need : found->second) {
                times.insert({need.from, need.until});
            }
        }
    }
    return times;
}

using Days = std::array<DayDemand, 7>;

Days empty_week() {
    Days days;
    for (unsigned day = 0; day < days.size(); ++day) {
        days.at(day).day = std::chrono::weekday(day + 1);  // 7 is Sunday, too
    }
    return days;
}

void add_collisions(const Needs& needs, const std::vector<SpaceId>& spaces, Days& days) {
    const auto times = times_of(needs, spaces);
    for (auto from = times.begin(); std::next(from) != times.end(); ++from) {
        auto rivals = rivals_at(needs, spaces, *from);
        if (rivals.empty()) {
            continue;
        }
        const auto day = static_cast<std::size_t>(*from / kDay);
        const Collision collision{{*from % kDay, *std::next(from) - kDay * static_cast<int>(day)},
                                  std::move(rivals)};
        auto& known = days.at(day).collisions;
        if (!known.empty() && known.back().at.until == collision.at.from &&
            known.back().wishes == collision.wishes) {
            known.back().at.until = collision.at.until;
        } else {
            known.push_back(collision);
        }
    }
}

void add_wishes(std::span<const RoundWish> wishes, RoomId room, Days& days) {
    for (const RoundWish& wish : wishes) {
        const auto& rooms = wish.form.rooms;
        if (std::ranges::find(rooms, room) == rooms.end()) {
            continue;
        }
        const auto at = store::present(minutes_of(wish.form.hours), "hours of a wish");
        DayDemand& day = days.at(wish.form.hours.day.iso_encoding() - 1);
        ++day.wishes;
        day.first_choices += rooms.front() == room ? 1 : 0;
        day.wished += at.until - at.from;
    }
}

}  // namespace

bool operator==(const Collision& one, const Collision& other) {
    return one.at.from == other.at.from && one.at.until == other.at.until &&
           one.wishes == other.wishes;
}

std::vector<RoomDemand> demand_of(std::span<const RoundWish> wishes,
                                  std::span<const WishedRoom> rooms) {
    std::map<RoomId, const WishedRoom*> by_id;
    for (const WishedRoom& room : rooms) {
        by_id[room.room] = &room;
    }
    const Needs needs = needs_of(wishes, by_id);
    std::vector<RoomDemand> demand;
    for (const WishedRoom& room : rooms) {
        Days days = empty_week();
        add_wishes(wishes, room.room, days);
        add_collisions(needs, room.spaces, days);
        RoomDemand one{room.room, room.name, {}};
        std::ranges::copy_if(days, std::back_inserter(one.days), [](const DayDemand& day) {
            return day.wishes > 0 || !day.collisions.empty();
        });
        if (!one.days.empty()) {
            demand.push_back(std::move(one));
        }
    }
    return demand;
}

RoundOutcome<std::vector<RoomDemand>> read_demand(store::Session& session,
                                                  const people::Person& reader,
                                                  const DemandPage& page) {
    if (!may_run_rounds(reader)) {
        return refuse(RoundRefusal::not_allowed);
    }
    const auto round = find_round(session, page.town, reader, page.round);
    if (!round) {
        return tl::unexpected(round.error());
    }
    RoundWishQuery query;
    query.round = page.round;
    query.limit = kMostWishes;
    const auto wishes = select_wishes(session, page.town, query);
    std::vector<WishedRoom> rooms;
    for (const Room& room : list_rooms(session, page.town)) {
        rooms.push_back({room.id, room.name, spaces_of(session, page.town, room.id)});
    }
    std::ranges::sort(rooms, {}, &WishedRoom::room);
    auto demand = demand_of(wishes, rooms);
    if (page.after) {
        std::erase_if(demand, [&](const RoomDemand& one) { return one.room <= *page.after; });
    }
    if (static_cast<std::int64_t>(demand.size()) > page.limit) {
        demand.resize(static_cast<std::size_t>(page.limit));
    }
    return demand;
}

}  // namespace creneau::booking
