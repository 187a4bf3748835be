#include "api/booking/equipment/preparation.hpp"

#include "api/people/people_store.hpp"
#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::booking {
namespace {

class PreparationTest : public TownTest {
  protected:
    PreparationTest() {
        add_equipment(*session_);
        session_->execute(
            "INSERT INTO room_rules (town_id, room_id, setup_min, teardown_min)"
            " VALUES (1, 2, 90, 30);"
            "INSERT INTO room_layouts (town_id, room_id, key, name, capacity)"
            " VALUES (1, 2, 'banquet', 'Banquet', 30)");
    }
    Outcome<DayPlan> plan(const std::string& date, PersonId reader = kOffice,
                          SiteId site = SiteId{2}) {
        const auto person = people::find_person(*session_, kTown, reader);
        return prepare_day(*session_, kTown, person.value(), site, parse_date(date).value());
    }
    Booking booked(RoomId room, const std::string& start, const std::string& end) {
        auto order = wish();
        order.room = room;
        order.start = start;
        order.end = end;
        order.equipment = {{kChairs, 4}, {kTables, 2}};
        order.layout = room == kSemanaz ? "banquet" : "";
        return request(order).value();
    }
};
CRENEAU_ON_BOTH_ENGINES(PreparationTest);

TEST_P(PreparationTest, ListsTheRoomsOfTheDayInTheOrderOfTheirSetup) {
    booked(kSmall, "2026-12-05T17:30", "2026-12-05T18:00");
    booked(kSemanaz, "2026-12-05T18:30", "2026-12-05T20:30");
    booked(kSmall, "2026-12-06T17:30", "2026-12-06T18:00");
    auto elsewhere = wish();
    request(elsewhere).value();
    const auto day = plan("2026-12-05").value();
    ASSERT_EQ(day.items.size(), 2U);
    const Preparation& first = day.items.front();
    EXPECT_EQ(first.room_name, "LCR Semanaz");
    EXPECT_EQ(first.layout_name, "Banquet");
    EXPECT_EQ(first.association_name, "Chorale du Pré");
    EXPECT_EQ(first.attendees, 12);
    EXPECT_EQ(first.slot.at.start - first.with_buffers.start, std::chrono::minutes(90));
    EXPECT_EQ(first.with_buffers.end - first.slot.at.end, std::chrono::minutes(30));
    ASSERT_EQ(first.equipment.size(), 2U);
    EXPECT_EQ(first.equipment[1].name, "Tables");
    EXPECT_EQ(first.equipment[1].order.quantity, 2);
}

TEST_P(PreparationTest, HoldsWhatIsSetUpOrClearedThatDayAndNothingGivenUp) {
    const auto night = booked(kSemanaz, "2026-12-06T00:30", "2026-12-06T23:45");
    EXPECT_EQ(plan("2026-12-05")->items.size(), 1U) << "set up from 23:00 on";
    EXPECT_EQ(plan("2026-12-06")->items.size(), 1U);
    EXPECT_EQ(plan("2026-12-07")->items.size(), 1U) << "cleared until 0:15";
    EXPECT_EQ(plan("2026-12-04")->items.size(), 0U);
    EXPECT_EQ(plan("2026-12-08")->items.size(), 0U);
    ASSERT_TRUE(cancel(night));
    EXPECT_EQ(plan("2026-12-06")->items.size(), 0U);
}

TEST_P(PreparationTest, NamesNoPerson) {
    auto order = wish();
    order.actor = kDominique;
    order.association.reset();
    request(order).value();
    const auto day = plan("2026-12-05", kOffice, SiteId{1}).value();
    ASSERT_EQ(day.items.size(), 1U);
    EXPECT_EQ(day.items.front().association_name, "");
}

TEST_P(PreparationTest, IsForThoseWhoPrepare) {
    EXPECT_EQ(plan("2026-12-05", kCamille).error().refusal, Refusal::not_allowed);
    EXPECT_EQ(plan("2026-12-05", kOffice, SiteId{9}).error().refusal, Refusal::unknown_booking);
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 6, 'administrator')");
    EXPECT_TRUE(plan("2026-12-05", kMaud));
    EXPECT_TRUE(plan("2099-12-31"));
}

}  // namespace
}  // namespace creneau::booking
