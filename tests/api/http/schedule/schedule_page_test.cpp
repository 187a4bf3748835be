#include "api/http/schedule_page.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;

struct Room {
    std::int64_t id = 0;
    std::vector<ScheduleEntry> entries;
};

constexpr auto kNoLimit = std::numeric_limits<std::size_t>::max() / 2;

std::vector<ScheduleEntry> from(const std::vector<ScheduleEntry>& entries, std::int64_t start) {
    std::vector<ScheduleEntry> rest;
    std::ranges::copy_if(entries, std::back_inserter(rest),
                         [&](const auto& entry) { return entry.start_at >= start; });
    return rest;
}

/// The page that begins at `place`.
std::string page_at(const std::vector<Room>& rooms, const SchedulePlace& place, std::size_t most) {
    SchedulePage page({{"from", "a"}, {"to", "b"}}, most);
    auto room = std::ranges::find(rooms, place.room, &Room::id);
    for (auto start = place.start_at; room != rooms.end(); ++room, start = 0) {
        if (!page.add({{"room_id", room->id}, {"room_name", "Salle"}},
                      from(room->entries, start))) {
            break;
        }
    }
    return std::move(page).finished();
}

std::vector<std::string> pages_of(const std::vector<Room>& rooms, std::size_t most) {
    std::vector<std::string> pages;
    std::optional<SchedulePlace> place{{rooms.front().id, 0}};
    while (place) {
        pages.push_back(page_at(rooms, *place, most));
        const auto next = json::parse(pages.back())["next"];
        place = next.is_null() ? std::nullopt : place_of(next.get<std::string>());
        RC_ASSERT(place.has_value() == !next.is_null());
        RC_ASSERT(pages.size() < 1000U);
    }
    return pages;
}

/// (room, its entries in order) over all pages.
std::vector<std::pair<std::int64_t, std::vector<json>>> rows_of(
    const std::vector<std::string>& pages) {
    std::vector<std::pair<std::int64_t, std::vector<json>>> rows;
    for (const auto& page : pages) {
        const auto items = json::parse(page)["items"];
        for (const auto& item : items) {
            if (rows.empty() || rows.back().first != item["room_id"]) {
                rows.emplace_back(item["room_id"], std::vector<json>{});
            }
            rows.back().second.insert(rows.back().second.end(), item["entries"].begin(),
                                      item["entries"].end());
        }
    }
    return rows;
}

/// Up to five rooms in no order of their ids, many entries of which start together.
std::vector<Room> rooms_in(const std::vector<std::vector<std::pair<int, int>>>& drawn) {
    std::vector<Room> rooms;
    std::int64_t number = 0;
    for (const auto& entries : drawn) {
        Room room{(static_cast<std::int64_t>(rooms.size()) * 7 + 3) % 11 + 1, {}};
        for (const auto& [start, size] : entries) {
            const std::string padding(static_cast<std::size_t>(size), 'x');
            room.entries.push_back(
                {start, json{{"number", ++number}, {"start", start}, {"text", padding}}.dump()});
        }
        std::ranges::stable_sort(room.entries, {}, &ScheduleEntry::start_at);
        rooms.push_back(std::move(room));
    }
    return rooms;
}

std::vector<Room> any_rooms() {
    const auto entry = rc::gen::pair(rc::gen::inRange(1, 6), rc::gen::inRange(0, 60));
    const auto count = *rc::gen::inRange<std::size_t>(1, 6);
    return rooms_in(*rc::gen::container<std::vector<std::vector<std::pair<int, int>>>>(
        count, rc::gen::container<std::vector<std::pair<int, int>>>(entry)));
}

RC_GTEST_PROP(SchedulePage, AllPagesTogetherAreTheUnpagedRows, ()) {
    const auto rooms = any_rooms();
    const auto most = *rc::gen::inRange<std::size_t>(1, 2000);
    const auto whole = pages_of(rooms, kNoLimit);
    RC_ASSERT(whole.size() == 1U);
    RC_ASSERT(rows_of(pages_of(rooms, most)) == rows_of(whole));
    RC_ASSERT(rows_of(whole).size() == rooms.size());
}

RC_GTEST_PROP(SchedulePage, APageKeepsItsSizeUnlessOneStartAloneIsLarger, ()) {
    const auto rooms = any_rooms();
    const auto most = *rc::gen::inRange<std::size_t>(200, 2000);
    for (const auto& page : pages_of(rooms, most)) {
        if (page.size() <= most) {
            continue;
        }
        const auto items = json::parse(page)["items"];
        RC_ASSERT(items.size() == 1U);
        for (const auto& entry : items[0]["entries"]) {
            RC_ASSERT(entry["start"] == items[0]["entries"][0]["start"]);
        }
    }
}

RC_GTEST_PROP(SchedulePage, WhatStartsTogetherStandsOnOnePage, ()) {
    const auto rooms = any_rooms();
    const auto most = *rc::gen::inRange<std::size_t>(1, 2000);
    std::map<std::pair<std::int64_t, int>, std::size_t> page_of;
    const auto pages = pages_of(rooms, most);
    for (std::size_t number = 0; number < pages.size(); ++number) {
        const auto items = json::parse(pages[number])["items"];
        for (const auto& item : items) {
            for (const auto& entry : item["entries"]) {
                const auto [place, is_new] = page_of.try_emplace(
                    {item["room_id"].get<std::int64_t>(), entry["start"].get<int>()}, number);
                RC_ASSERT(is_new || place->second == number);
            }
        }
    }
}

TEST(SchedulePlace, ReadsWhatItWritesAndNothingElse) {
    const SchedulePlace place{12, 1'796'490'000};
    EXPECT_EQ(cursor_of(place), "12-1796490000");
    EXPECT_EQ(place_of(cursor_of(place)), place);
    for (const auto* cursor : {"", "-", "12", "12-", "-12", "x-1", "1-x", "01-2", "1-02", "1--2",
                               "1-2-3", " 1-2", "1-2 ", "+1-2", "1-99999999999999999999"}) {
        EXPECT_FALSE(place_of(cursor)) << cursor;
    }
}

}  // namespace
}  // namespace creneau::http
