#include "api/http/booking_routes.hpp"
#include "api/http/estate_routes.hpp"
#include "api/http/wire.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kDominique;
using booking::kOffice;
using booking::PersonId;
using nlohmann::json;

constexpr auto kFirst = 1'796'169'600;  // 2 December 2026, 00:00 UTC
constexpr auto kPath = "/api/v1/schedule";

class ScheduleRoutes : public CalledRoutes {
  protected:
    ScheduleRoutes() {
        add_booking_routes(routes_);
        add_estate_routes(routes_);
    }

    /// An hour of each of `count` rooms, `each` times, with a purpose of some length.
    void fill(int each) {
        for (int number = 0; number < each; ++number) {
            for (const int room : {1, 2, 3, 4}) {
                book(room, number, (number * 37 + room * 211) % 1500);
            }
        }
    }
    void book(int room, int hour, int length) {
        const auto start = std::to_string(kFirst + hour * 3600);
        const auto id = std::to_string(++last_);
        session_->execute(
            "INSERT INTO bookings (id, town_id, room_id, booker_id, requested_by_id, status,"
            " local_start, local_end, start_at, end_at, attendees, purpose, requested_at) VALUES "
            "(" +
            id + ", 1, " + std::to_string(room) +
            ", 2, 2, 'approved', '2026-12-02T00:00',"
            " '2026-12-02T01:00', " +
            start + ", " + start + " + 1800, 5, '" +
            std::string(static_cast<std::size_t>(length) + 1, 'e') + "', 0)");
        session_->execute(
            "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id)"
            " SELECT space_id, " +
            start + ", " + start + " + 1800, 1, 'booking', " + id +
            " FROM room_spaces WHERE room_id = " + std::to_string(room));
    }

    /// Every page over `range`, by the cursors.
    std::vector<Response> pages(std::optional<PersonId> reader, const Query& range) {
        std::vector<Response> pages;
        Query query = range;
        for (;;) {
            pages.push_back(call(reader, "GET", kPath, nullptr, query));
            EXPECT_EQ(pages.back().status, 200) << pages.back().body;
            const auto next = json::parse(pages.back().body)["next"];
            if (next.is_null() || pages.size() > 100) {
                return pages;
            }
            query = range;
            query.emplace_back("cursor", next.get<std::string>());
        }
    }
    static void gather(std::map<int, std::vector<json>>& rooms, const Response& page) {
        const auto items = json::parse(page.body)["items"];
        for (const auto& item : items) {
            auto& entries = rooms[item["room_id"].get<int>()];
            entries.insert(entries.end(), item["entries"].begin(), item["entries"].end());
        }
    }
    static Query range(const std::string& from, const std::string& to) {
        return {{"from", from}, {"to", to}};
    }

    std::int64_t last_ = 0;
};

TEST_P(ScheduleRoutes, ThePagesTogetherAreWhatShorterRangesSay) {
    fill(240);
    for (const auto& reader : {std::optional<PersonId>{}, std::optional{kOffice}}) {
        std::map<int, std::vector<json>> paged;
        const auto all = pages(reader, range("2026-12-02T00:00:00Z", "2026-12-12T00:00:00Z"));
        for (const auto& page : all) {
            EXPECT_LE(page.body.size(), kMaxAnswer);
            gather(paged, page);
        }
        EXPECT_EQ(all.size() > 2, reader.has_value()) << all.size();
        std::map<int, std::vector<json>> by_day;
        for (int day = 2; day < 12; ++day) {
            const auto date = [](int number) {
                return "2026-12-" + std::string(number < 10 ? "0" : "") + std::to_string(number) +
                       "T00:00:00Z";
            };
            const auto short_range = pages(reader, range(date(day), date(day + 1)));
            ASSERT_EQ(short_range.size(), 1U);
            gather(by_day, short_range[0]);
        }
        EXPECT_EQ(paged, by_day);
        EXPECT_EQ(paged[1].size(), 240U);
    }
}

TEST_P(ScheduleRoutes, EachPageHasItsOwnTag) {
    fill(240);
    const auto ten_days = range("2026-12-02T00:00:00Z", "2026-12-12T00:00:00Z");
    std::set<std::string> tags;
    Query query = ten_days;
    const auto all = pages(kOffice, ten_days);
    for (std::size_t number = 0; number < all.size(); ++number) {
        const auto& page = all[number];
        const auto tag = std::ranges::find(page.headers, "ETag",
                                           [](const auto& header) { return header.first; });
        ASSERT_NE(tag, page.headers.end());
        tags.insert(tag->second);
        const auto again =
            call({kOffice, "GET", kPath, nullptr, {{"if-none-match", tag->second}}, query});
        EXPECT_EQ(again.status, 304);
        EXPECT_EQ(again.body, "");
        query = ten_days;
        if (number + 1 < all.size()) {
            query.emplace_back("cursor", json::parse(page.body)["next"].get<std::string>());
        }
    }
    EXPECT_EQ(tags.size(), all.size());
}

TEST_P(ScheduleRoutes, ACursorOfAnotherRequestIsRefused) {
    fill(3);
    const auto day = range("2026-12-02T00:00:00Z", "2026-12-03T00:00:00Z");
    for (const auto* cursor : {"1", "1-x", "x-1", "77-0", "9-0", "1796169600", "1-1-1"}) {
        Query query = day;
        query.emplace_back("cursor", cursor);
        const auto body = expect(400, kDominique, "GET", kPath, nullptr, query);
        ASSERT_EQ(body["errors"].size(), 1U) << cursor;
        EXPECT_EQ(body["errors"][0]["field"], "cursor");
        EXPECT_EQ(body["errors"][0]["code"], "bad_cursor");
    }
    Query one_room = day;
    one_room.emplace_back("room", "1");
    one_room.emplace_back("cursor", "2-0");
    EXPECT_EQ(call(kCamille, "GET", kPath, nullptr, one_room).status, 400);
    one_room.back().second = "1-" + std::to_string(kFirst + 3600);
    const auto rest = expect(200, kCamille, "GET", kPath, nullptr, one_room);
    EXPECT_EQ(rest["items"][0]["entries"].size(), 2U);
    EXPECT_EQ(rest["next"], nullptr);
}

TEST_P(ScheduleRoutes, AnEntryIsTheBookingAsTheListOfBookingsTellsIt) {
    fill(2);
    session_->execute(
        "UPDATE bookings SET purpose = 'Répétition « à deux »\n\"fin\"\\', decided_at = 1796169599,"
        " decided_by_id = 1, association_id = 1 WHERE id % 2 = 0");
    const auto list = expect(200, kOffice, "GET", "/api/v1/bookings")["items"];
    const auto week = expect(200, kOffice, "GET", kPath, nullptr,
                             range("2026-12-02T00:00:00Z", "2026-12-09T00:00:00Z"))["items"];
    std::map<int, json> by_id;
    for (const auto& item : list) {
        by_id[item["id"].get<int>()] = item;
    }
    int seen = 0;
    for (const auto& room : week) {
        for (auto entry : room["entries"]) {
            EXPECT_EQ(entry["kind"], "booking");
            entry.erase("kind");
            EXPECT_EQ(entry, by_id[entry["id"].get<int>()]);
            ++seen;
        }
    }
    EXPECT_EQ(seen, 10);  // two of them in two rooms that share a space
}

CRENEAU_ON_BOTH_ENGINES(ScheduleRoutes);

}  // namespace
}  // namespace creneau::http
