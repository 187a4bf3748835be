#include "api/booking/imports/import_bookings.hpp"

#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using Cells = std::vector<std::string>;

class ImportBookingsTest : public TownTest {
  protected:
    static ImportBookings sheet(const std::vector<Cells>& lines) {
        ImportBookings order;
        order.town = kTown;
        order.actor_email = "bureau@le-pre.example.org";
        order.rows = {{1,
                       {"Salle", "Date", "Début", "Fin", "Personnes", "Objet", "Association",
                        "Courriel", "Référence"}}};
        std::size_t number = 2;
        for (const Cells& cells : lines) {
            order.rows.push_back({number++, cells});
        }
        order.commit = true;
        order.now = kNow;
        return order;
    }
    static Cells choir(const std::string& date, const std::string& reference = "") {
        return {"lcr danton", date,         "18h30",          "20h30",
                "12",         "Répétition", "Chorale du Pré", "camille@example.org",
                reference};
    }

    SheetReport import(const ImportBookings& order) {
        const auto result =
            writer_.run([&](store::Session& session) { return import_bookings(session, order); });
        return *result ? **result : result->error();
    }
    /// "booked refused:room_taken known"
    static std::string ends_of(const SheetReport& report) {
        std::string words;
        for (const auto& line : report.lines) {
            words += words.empty() ? "" : " ";
            words += line.end == LineEnd::booked  ? "booked"
                     : line.end == LineEnd::known ? "known"
                                                  : "refused";
            for (const auto& problem : line.problems) {
                words += ":" + problem.code;
            }
        }
        return words;
    }
    std::int64_t bookings() { return number("SELECT COUNT(*) FROM bookings"); }
};
CRENEAU_ON_BOTH_ENGINES(ImportBookingsTest);

TEST_P(ImportBookingsTest, LinesBecomeBookingsLikeAnyOther) {
    const auto report = import(sheet({choir("05/12/2026", "A-1"), choir("12/12/2026")}));
    EXPECT_TRUE(report.kept);
    EXPECT_EQ(ends_of(report), "booked booked");
    EXPECT_EQ(bookings(), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE template = 'booking_received'"), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'booking_requested' AND actor_id ="
                     " 1 AND for_id = 2"),
              2);
    EXPECT_EQ(text("SELECT local_end FROM bookings ORDER BY id"), "2026-12-05T20:30");
    EXPECT_EQ(number("SELECT association_id FROM bookings ORDER BY id"), 1);
}

TEST_P(ImportBookingsTest, ADryRunDecidesEverythingAndKeepsNothing) {
    auto order = sheet({choir("05/12/2026"), choir("05/12/2026", "again")});
    order.commit = false;
    const auto before = traces();
    const auto report = import(order);
    EXPECT_FALSE(report.kept);
    EXPECT_EQ(ends_of(report), "booked refused:room_taken");  // by the line before it
    EXPECT_EQ(report.lines[1].problems[0].line, 3U);
    EXPECT_EQ(traces(), before);
}

TEST_P(ImportBookingsTest, OneRefusedLineKeepsAllOut) {
    auto crowd = choir("12/12/2026");
    crowd[4] = "5000";
    const auto before = traces();
    const auto report = import(sheet({choir("05/12/2026"), crowd}));
    EXPECT_FALSE(report.kept);
    EXPECT_EQ(ends_of(report), "booked refused:over_capacity");
    EXPECT_EQ(report.lines[1].problems[0].column, "personnes");
    EXPECT_EQ(traces(), before);
    EXPECT_TRUE(import(sheet({choir("05/12/2026")})).kept);
}

TEST_P(ImportBookingsTest, RefusedLinesMayBeSkipped) {
    auto order = sheet({choir("05/12/2026"), choir("05/12/2026", "again"), choir("06/12/2026")});
    order.skip_refused = true;
    const auto report = import(order);
    EXPECT_TRUE(report.kept);
    EXPECT_EQ(ends_of(report), "booked refused:room_taken booked");
    EXPECT_EQ(bookings(), 2);
}

TEST_P(ImportBookingsTest, EveryRuleThatFailsIsNamed) {
    auto wrong = choir("01/12/2020");
    wrong[4] = "5000";
    wrong[0] = "Grande salle";
    wrong[6] = "";
    const auto report = import(sheet({wrong}));
    EXPECT_EQ(ends_of(report), "refused:over_capacity:individuals_may_not_book:in_the_past");
}

TEST_P(ImportBookingsTest, WordsThatNameNothingAreRefused) {
    auto room = choir("05/12/2026");
    room[0] = "Salle perdue";
    auto association = choir("05/12/2026");
    association[6] = "Club perdu";
    auto person = choir("05/12/2026");
    person[7] = "perdu@example.org";
    auto stranger = choir("05/12/2026");
    stranger[7] = "dominique@example.org";
    auto several = choir("05/12/2026");
    several[7] = "";  // Camille and Maud both manage the choir
    EXPECT_EQ(ends_of(import(sheet({room, association, person, stranger, several}))),
              "refused:unknown_room refused:unknown_association refused:unknown_booker "
              "refused:not_a_manager refused:booker_needed");
    EXPECT_EQ(bookings(), 0);
}

TEST_P(ImportBookingsTest, AManagerWhoIsAloneNeedsNotBeNamed) {
    auto chess = choir("05/12/2026");
    chess[6] = "echecs du pre";
    chess[7] = "";
    EXPECT_TRUE(import(sheet({chess})).kept);
    EXPECT_EQ(number("SELECT booker_id FROM bookings"), 4);
}

TEST_P(ImportBookingsTest, ASecondImportBooksNothingTwice) {
    const auto order = sheet({choir("05/12/2026", "A-1"), choir("12/12/2026")});
    ASSERT_TRUE(import(order).kept);
    const auto before = traces();
    const auto again = import(order);
    EXPECT_TRUE(again.kept);
    EXPECT_EQ(ends_of(again), "known known");
    EXPECT_EQ(traces(), before);
    auto longer = sheet({choir("05/12/2026", "A-1"), choir("12/12/2026"), choir("19/12/2026")});
    EXPECT_EQ(ends_of(import(longer)), "known known booked");
    EXPECT_EQ(ends_of(import(sheet({choir("26/12/2026", "A-1")}))), "refused:reference_used");
}

TEST_P(ImportBookingsTest, MayApproveAtOnce) {
    auto order = sheet({choir("05/12/2026")});
    order.approve = true;
    ASSERT_TRUE(import(order).kept);
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings WHERE status = 'approved'"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials"), 1);
}

TEST_P(ImportBookingsTest, ALineThatCannotBeApprovedLeavesNothing) {
    auto first = choir("05/12/2026");
    first[0] = "open";  // pending bookings do not block there
    auto second = first;
    second[8] = "other";
    auto order = sheet({first, second, choir("06/12/2026")});
    order.approve = true;
    order.skip_refused = true;
    const auto report = import(order);
    EXPECT_EQ(ends_of(report), "booked refused:room_taken booked");
    EXPECT_EQ(bookings(), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings WHERE status = 'pending'"), 0);
}

TEST_P(ImportBookingsTest, IsTheOfficesToDo) {
    for (const auto* email :
         {"camille@example.org", "nobody@example.org", "bureau@autre.example.org"}) {
        auto order = sheet({choir("05/12/2026")});
        order.actor_email = email;
        const auto report = import(order);
        EXPECT_FALSE(report.kept);
        ASSERT_EQ(report.problems.size(), 1U);
        EXPECT_EQ(report.problems[0].code, "not_allowed");
    }
    EXPECT_EQ(bookings(), 0);
    EXPECT_TRUE(import(sheet({choir("05/12/2026")})).kept);
}

}  // namespace
}  // namespace creneau::booking
