#include "api/booking/selection/decide_selection.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

/// kOpen lets several people ask for the same slot: its pending bookings do not block.
class SelectionTest : public TownTest {
  protected:
    using Outcomes = std::vector<SelectedOutcome>;

    static RequestBooking open_wish(const std::string& day, PersonId actor = kDominique) {
        RequestBooking order = wish();
        order.room = kOpen;
        order.actor = actor;
        order.association.reset();
        order.start = day + "T18:30";
        order.end = day + "T20:30";
        return order;
    }
    static DecideSelection selection_of(const std::vector<Booking>& bookings,
                                        Decision decision = Decision::approve) {
        DecideSelection order;
        order.town = kTown;
        order.actor = kOffice;
        order.decision = decision;
        for (const Booking& booking : bookings) {
            order.bookings.push_back({booking.id, booking.sequence});
        }
        order.ground = decision == Decision::refuse ? "public_order" : "";
        order.now = kNow;
        return order;
    }
    Outcome<Outcomes> decide(const DecideSelection& order) {
        return write(decide_selection, order);
    }
    /// What it would answer, with nothing kept.
    Outcomes preview(const DecideSelection& order) {
        return writer_
            .run([=](store::Session& session) -> tl::expected<int, Outcome<Outcomes>> {
                return tl::unexpected(decide_selection(session, order));
            })
            .value()
            .error()
            .value();
    }
    /// "approved, room_taken, stale": what became of each.
    static std::string words_of(const Outcomes& outcomes) {
        std::string words;
        for (const SelectedOutcome& outcome : outcomes) {
            words += words.empty() ? "" : ", ";
            words += outcome.error ? word_of(outcome.error->refusal) : "done";
        }
        return words;
    }
    std::string status_of(const Booking& booking) {
        return text("SELECT status FROM bookings WHERE id = " +
                    std::to_string(static_cast<std::int64_t>(booking.id)));
    }
    std::int64_t count(const std::string& what) { return number("SELECT COUNT(*) FROM " + what); }
};
CRENEAU_ON_BOTH_ENGINES(SelectionTest);

TEST_P(SelectionTest, EachThatMayBeIsDecidedAndTheOthersSayWhyNot) {
    const auto first = request(open_wish("2026-12-05")).value();
    const auto second = request(open_wish("2026-12-05", kCamille)).value();
    const auto decided = request(open_wish("2026-12-06")).value();
    ASSERT_TRUE(refuse_it(decided));
    auto changed = request(open_wish("2026-12-07")).value();
    changed.sequence = 7;
    Booking unknown;
    unknown.id = BookingId{999};
    const auto last = request(open_wish("2026-12-08")).value();
    auto again = decided;
    again.sequence = 1;
    const auto order = selection_of({first, second, again, changed, unknown, last});
    const auto seen = preview(order);
    EXPECT_EQ(words_of(seen), "done, room_taken, wrong_state, stale, unknown_booking, done");
    const auto outcomes = decide(order).value();
    EXPECT_EQ(words_of(outcomes), words_of(seen));
    EXPECT_EQ(status_of(first), "approved");
    EXPECT_EQ(status_of(second), "pending");
    EXPECT_EQ(status_of(changed), "pending");
    EXPECT_EQ(status_of(last), "approved");
    EXPECT_EQ(outcomes[0].sequence, 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_approved'"), 2);
    EXPECT_EQ(count("audit WHERE action = 'booking_approved' AND actor_id = 1"), 2);
    EXPECT_EQ(words_of(decide(order).value()),
              "stale, room_taken, wrong_state, stale, unknown_booking, stale")
        << "nothing is decided twice";
}

TEST_P(SelectionTest, APreviewNamesWhatCollidesWithinTheSelectionAndKeepsNothing) {
    const auto first = request(open_wish("2026-12-05")).value();
    const auto second = request(open_wish("2026-12-05", kCamille)).value();
    const auto alone = request(open_wish("2026-12-06")).value();
    const auto before = traces();
    const auto seen = preview(selection_of({second, first, alone}));
    EXPECT_EQ(words_of(seen), "done, room_taken, done") << "the first of the list has the room";
    EXPECT_EQ(seen[0].collides_with, std::vector{first.id});
    EXPECT_EQ(seen[1].collides_with, std::vector{second.id});
    EXPECT_TRUE(seen[2].collides_with.empty());
    EXPECT_EQ(traces(), before);
    EXPECT_EQ(words_of(decide(selection_of({second, first, alone})).value()),
              "done, room_taken, done");
}

TEST_P(SelectionTest, AnOutsideConflictIsToldWithItsRule) {
    const auto first = request(open_wish("2026-12-05")).value();
    const auto second = request(open_wish("2026-12-05", kCamille)).value();
    ASSERT_TRUE(approve(first));
    const auto outcomes = decide(selection_of({second})).value();
    ASSERT_TRUE(outcomes[0].error);
    EXPECT_EQ(codes_of(*outcomes[0].error), "room_taken");
    EXPECT_TRUE(outcomes[0].collides_with.empty()) << "it is no longer to be decided";
}

TEST_P(SelectionTest, PapersThatAreMissingAreListedAndDoNotStandInTheWay) {
    session_->execute(
        "INSERT INTO room_rules (town_id, room_id) VALUES (1, 1);"
        "INSERT INTO room_papers (town_id, room_id, kind) VALUES (1, 1, 'insurance')");
    const auto booking = request(wish()).value();
    const auto outcomes = decide(selection_of({booking})).value();
    EXPECT_EQ(words_of(outcomes), "done");
    EXPECT_EQ(outcomes[0].missing_papers, std::vector{PaperKind::insurance});
    EXPECT_EQ(count("passes"), 0);
}

TEST_P(SelectionTest, ARefusalGivesItsGroundToEach) {
    const auto first = request(open_wish("2026-12-05")).value();
    const auto second = request(open_wish("2026-12-05", kCamille)).value();
    auto order = selection_of({first, second}, Decision::refuse);
    order.ground = "no_reason";
    EXPECT_EQ(codes_of(decide(order).error()), "unknown_ground");
    order.ground = "incomplete_file";
    EXPECT_EQ(codes_of(decide(order).error()), "text_needed");
    EXPECT_EQ(status_of(first), "pending");
    order.text = "Il manque l’attestation.";
    EXPECT_EQ(words_of(decide(order).value()), "done, done");
    EXPECT_EQ(count("bookings WHERE status = 'refused' AND ground = 'incomplete_file'"
                    " AND ground_text = 'Il manque l’attestation.'"),
              2);
    EXPECT_EQ(count("outbox WHERE template = 'booking_refused'"), 2);
}

TEST_P(SelectionTest, WhoMayNotDecideChangesNothing) {
    const auto own = request(open_wish("2026-12-05")).value();
    const auto other = request(open_wish("2026-12-06", kCamille)).value();
    auto order = selection_of({own, other});
    order.actor = kDominique;
    const auto before = traces();
    EXPECT_EQ(words_of(decide(order).value()), "not_allowed, unknown_booking");
    EXPECT_EQ(traces(), before);
    order.actor = kOffice;
    EXPECT_EQ(words_of(decide(order).value()), "done, done");
}

TEST_P(SelectionTest, TakesAHundred) {
    std::vector<Booking> bookings;
    for (std::size_t number = 0; number < kLargestSelection; ++number) {
        auto order = open_wish("2026-12-05");
        const int day = 5 + static_cast<int>(number / 10);
        const auto hour = [&](int of) { return (of < 10 ? "0" : "") + std::to_string(of); };
        order.start =
            "2026-12-" + hour(day) + "T" + hour(8 + static_cast<int>(number % 10)) + ":00";
        order.end = "2026-12-" + hour(day) + "T" + hour(9 + static_cast<int>(number % 10)) + ":00";
        bookings.push_back(request(order).value());
    }
    ASSERT_TRUE(decide(selection_of(bookings)));
    EXPECT_EQ(count("bookings WHERE status = 'approved'"), 100);
    EXPECT_EQ(count("occupancies"), 100);
}

}  // namespace
}  // namespace creneau::booking
