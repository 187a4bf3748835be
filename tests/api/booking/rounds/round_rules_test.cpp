#include "api/booking/rounds/round_rules.hpp"

#include "api/booking/rounds/round_demand.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

using std::chrono::Friday;
using std::chrono::minutes;
using std::chrono::Monday;
using std::chrono::Sunday;
using std::chrono::Tuesday;

LocalDate day(const char* text) {
    return parse_date(text).value();
}

Round sample_round() {
    Round round;
    round.name = "Saison";
    round.wishes_from = day("2027-04-01");
    round.wishes_until = day("2027-05-31");
    round.season_first = day("2027-09-06");
    round.season_last = day("2028-07-02");
    round.criteria = {{CriterionKind::every_wish, "Chacun compte", 10, {}}};
    return round;
}

std::string codes_of(const std::vector<RoundFailure>& failures) {
    std::string codes;
    for (const RoundFailure& failure : failures) {
        codes += (codes.empty() ? "" : " ") + failure.field + ':' + failure.code;
    }
    return codes;
}

TEST(RoundRules, SayWhatARoundIs) {
    struct Row {
        const char* name;
        std::function<void(Round&)> change;
        const char* codes;
    };
    const Row rows[] = {
        {"as it should be", [](Round&) {}, ""},
        {"no name", [](Round& r) { r.name = " \n"; }, "name:bad_name"},
        {"long name", [](Round& r) { r.name = std::string(201, 'a'); }, "name:bad_name"},
        {"letters, not bytes",
         [](Round& r) {
             r.name.clear();
             for (int letter = 0; letter < 200; ++letter) {
                 r.name += "é";
             }
         },
         ""},
        {"over before it began", [](Round& r) { r.wishes_until = day("2027-03-31"); },
         "wishes_until:bad_wish_dates"},
        {"season while wishes are stated", [](Round& r) { r.season_first = day("2027-05-31"); },
         "season_first:bad_season season_last:bad_season"},
        {"six days", [](Round& r) { r.season_last = day("2027-09-11"); }, "season_last:bad_season"},
        {"seven days", [](Round& r) { r.season_last = day("2027-09-12"); }, ""},
        {"53 weeks", [](Round& r) { r.season_last = day("2028-09-10"); }, ""},
        {"a day more", [](Round& r) { r.season_last = day("2028-09-11"); },
         "season_last:bad_season"},
        {"no criteria", [](Round& r) { r.criteria.clear(); }, "criteria:criteria_missing"},
        {"too many", [](Round& r) { r.criteria.resize(21, r.criteria.front()); },
         "criteria:too_many_criteria"},
        {"weight 0", [](Round& r) { r.criteria.front().weight = 0; },
         "criteria/0/weight:bad_weight"},
        {"a group for nothing", [](Round& r) { r.criteria.front().group = 1; },
         "criteria/0/group_id:bad_group"},
    };
    for (const Row& row : rows) {
        Round round = sample_round();
        row.change(round);
        EXPECT_EQ(codes_of(check_round(round, day("2027-03-01"))), row.codes) << row.name;
    }
    EXPECT_EQ(codes_of(check_round(sample_round(), day("2027-06-01"))),
              "wishes_until:bad_wish_dates");
}

TEST(RoundRules, HoursAreOfOneDayOrEndOnTheNext) {
    const auto minutes_from = [](const char* start, const char* end, int offset) {
        return minutes_of({Tuesday, start, end, offset});
    };
    EXPECT_EQ(minutes_from("18:30", "20:00", 0)->until, minutes(20 * 60));
    EXPECT_EQ(minutes_from("22:00", "01:00", 1)->until, minutes(25 * 60));
    EXPECT_EQ(minutes_from("22:00", "22:00", 1)->until, minutes(46 * 60));
    for (const auto& [start, end, offset] :
         {std::tuple("18:30", "18:30", 0), std::tuple("22:00", "22:01", 1),
          std::tuple("22:00", "01:00", 0), std::tuple("8:30", "10:00", 0),
          std::tuple("24:00", "23:00", 0), std::tuple("18:60", "20:00", 0),
          std::tuple("18-30", "20:00", 0), std::tuple("10:00", "11:00", 2)}) {
        EXPECT_FALSE(minutes_from(start, end, offset)) << start << ' ' << end << ' ' << offset;
        EXPECT_FALSE(check_hours({Tuesday, start, end, offset}).empty());
    }
}

TEST(RoundRules, TheSeasonNamesItsDates) {
    Round round = sample_round();
    round.season_first = day("2027-09-07");  // a Tuesday
    round.season_last = day("2027-09-21");
    const auto texts = [&](std::chrono::weekday weekday) {
        std::string dates;
        for (const LocalDate& date : dates_of(round, weekday)) {
            dates += text_of(date) + ' ';
        }
        return dates;
    };
    EXPECT_EQ(texts(Tuesday), "2027-09-07 2027-09-14 2027-09-21 ");
    EXPECT_EQ(texts(Monday), "2027-09-13 2027-09-20 ");
    EXPECT_EQ(texts(Sunday), "2027-09-12 2027-09-19 ");
}

TEST(RoundRules, PointsAreWeightTimesMerit) {
    Merits merits;
    merits.preference = 2;
    merits.attendees = 30;
    merits.most_attendees = 40;
    merits.capacity = 60;
    merits.groups = {4, 7};
    merits.had_it_before = true;
    merits.earlier_wishes = 1;
    struct Row {
        Criterion criterion;
        std::int64_t points;
    };
    const Row rows[] = {
        {{CriterionKind::every_wish, "", 3, {}}, 300}, {{CriterionKind::preference, "", 3, {}}, 99},
        {{CriterionKind::people, "", 1, {}}, 75},      {{CriterionKind::fill, "", 2, {}}, 100},
        {{CriterionKind::group, "", 1, 7}, 100},       {{CriterionKind::group, "", 1, 5}, 0},
        {{CriterionKind::continuity, "", 5, {}}, 500}, {{CriterionKind::first_wish, "", 1, {}}, 50},
    };
    std::vector<Criterion> all;
    std::int64_t sum = 0;
    for (const Row& row : rows) {
        EXPECT_EQ(points_of({row.criterion}, merits), row.points) << word_of(row.criterion.kind);
        all.push_back(row.criterion);
        sum += row.points;
    }
    EXPECT_EQ(points_of(all, merits), sum);
    merits.attendees = 100;
    EXPECT_EQ(points_of({{CriterionKind::fill, "", 1, {}}}, merits), 100) << "never more than full";
}

RoundWish wish_of(int id, WeekHours hours, std::vector<RoomId> rooms) {
    RoundWish wish;
    wish.id = RoundWishId{id};
    wish.form.hours = std::move(hours);
    wish.form.rooms = std::move(rooms);
    return wish;
}

TEST(RoundDemand, CollidesSpaceBySpaceAndOverTheEndOfTheWeek) {
    const RoomId left{1};
    const RoomId right{2};
    const RoomId hall{3};
    const std::vector<WishedRoom> rooms{{left, "Gauche", {SpaceId{1}}},
                                        {right, "Droite", {SpaceId{2}}},
                                        {hall, "Salle", {SpaceId{1}, SpaceId{2}}}};
    const std::vector<RoundWish> wishes{wish_of(1, {Sunday, "23:00", "01:00", 1}, {left}),
                                        wish_of(2, {Monday, "00:30", "02:00", 0}, {hall}),
                                        wish_of(3, {Sunday, "23:00", "23:30", 0}, {right}),
                                        wish_of(4, {Friday, "10:00", "11:00", 0}, {right, left}),
                                        wish_of(5, {Friday, "11:00", "12:00", 0}, {right})};
    const auto demand = demand_of(wishes, rooms);
    ASSERT_EQ(demand.size(), 3U);
    const Collision night{{minutes(30), minutes(60)}, {RoundWishId{1}, RoundWishId{2}}};
    ASSERT_EQ(demand[0].days.size(), 3U);
    EXPECT_EQ(demand[0].days[0].day, Monday);
    EXPECT_EQ(demand[0].days[0].wishes, 0);
    EXPECT_EQ(demand[0].days[0].collisions, std::vector{night});
    EXPECT_EQ(demand[0].days[1].first_choices, 0);
    EXPECT_EQ(demand[0].days[2].wished, minutes(120));
    EXPECT_EQ(demand[1].days[0].wishes, 2) << "Friday";
    EXPECT_TRUE(demand[1].days[0].collisions.empty()) << "they only touch";
    EXPECT_EQ(demand[2].room_name, "Salle");
    EXPECT_EQ(demand[2].days[0].collisions, std::vector{night});
    ASSERT_EQ(demand[2].days.size(), 1U) << "each half has one wish on Sunday night";
}

}  // namespace
}  // namespace creneau::booking
