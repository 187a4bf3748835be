#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/session.hpp"
#include "tests/api/booking/series_fixture.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

using std::chrono::Saturday;
using std::chrono::Sunday;

class SeriesRule : public SeriesTest {
  protected:
    Outcome<SeriesId> edit(EditSeries order) { return write(edit_series, std::move(order)); }
    static EditSeries order_of(SeriesId series, Scope scope, const std::string& date = "") {
        EditSeries order;
        order.change = {kTown, kCamille, series, scope, date, kNow};
        return order;
    }
    /// "05 12 (19) 26", by date in the series; those given up in brackets.
    std::string dates_in(SeriesId series) {
        std::string dates;
        for (const BookingView& view : select_views_of(*session_, kTown, series)) {
            const auto date = view.booking.series_date.substr(8);
            const bool gone = view.booking.status == Status::cancelled;
            dates += (dates.empty() ? "" : " ") + (gone ? '(' + date + ')' : date);
        }
        return dates;
    }
};
CRENEAU_ON_BOTH_ENGINES(SeriesRule);

TEST_P(SeriesRule, GivesUpWhatItNoLongerNamesAndAsksForTheRest) {
    const SeriesId id = ask(saturdays()).value();
    auto order = order_of(id, Scope::all);
    order.pattern.emplace(Weekly{2, {Saturday, Sunday}});
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(dates_in(rest), "05 06 19 20");
    EXPECT_EQ(dates_in(id), "(12) (26)");
    EXPECT_EQ(count("occupancies"), 4);
    EXPECT_EQ(count("outbox WHERE template = 'series_cancelled'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'series_moved'"), 1);
    const auto parts = parts_of(select_series(*session_, kTown, rest)->recurrence.pattern);
    EXPECT_EQ(parts.interval, 2);
    EXPECT_EQ(parts.weekdays, (std::vector{Saturday, Sunday}));
    order = order_of(rest, Scope::all);
    order.pattern.emplace(Weekly{1, {Saturday}});
    EXPECT_EQ(dates_in(edit(order).value()), "05 12 19 26") << "as it was before";
}

TEST_P(SeriesRule, OfTheFollowingDatesLeavesTheEarlierOnes) {
    const SeriesId id = ask(saturdays()).value();
    auto order = order_of(id, Scope::following, "2026-12-19");
    order.until = day(2027, 1, 9);
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(dates_in(id), "05 12");
    EXPECT_EQ(dates_in(rest), "19 26 02 09");
    EXPECT_EQ(select_series(*session_, kTown, rest)->recurrence.until, day(2027, 1, 9));
    EXPECT_EQ(select_series(*session_, kTown, rest)->recurrence.count, std::nullopt);
}

TEST_P(SeriesRule, KeepsWhatWasChangedOrGivenUpUnderItsDate) {
    const SeriesId id = ask(saturdays()).value();
    auto alone = order_of(id, Scope::one, "2026-12-12");
    alone.start_time = "10:00";
    alone.end_time = "11:00";
    ASSERT_TRUE(edit(alone));
    ASSERT_TRUE(
        write(cancel_series, CancelSeries{order_of(id, Scope::one, "2026-12-19").change, "", ""}));
    auto order = order_of(id, Scope::all);
    order.pattern.emplace(Daily{7});
    order.count = 5;
    order.end_time = "20:00";
    EXPECT_EQ(dates_in(edit(order).value()), "05 12 (19) 26 02");
    EXPECT_EQ(text("SELECT local_start FROM bookings WHERE series_date = '2026-12-12'"),
              "2026-12-12T10:00");
    EXPECT_EQ(count("bookings WHERE status = 'pending' AND local_end LIKE '%T20:00'"), 3);
}

TEST_P(SeriesRule, RefusesAllWhereANewDateCannotBeHadUnlessTheSeriesSkips) {
    const auto with = [this](ConflictPolicy conflicts) {
        auto request = saturdays();
        request.conflicts = conflicts;
        return ask(request).value();
    };
    chess_on("2026-12-06");
    const SeriesId strict = with(ConflictPolicy::fail);
    auto order = order_of(strict, Scope::all);
    order.pattern.emplace(Weekly{1, {Saturday, Sunday}});
    const auto before = traces();
    const auto answer = edit(order);
    ASSERT_FALSE(answer);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-06:room_taken");
    EXPECT_EQ(traces(), before);
    ASSERT_TRUE(write(cancel_series, CancelSeries{order_of(strict, Scope::all).change, "", ""}));
    const SeriesId loose = with(ConflictPolicy::skip);
    order.change.series = loose;
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(dates_in(rest), "05 12 13");
    EXPECT_EQ(dates_in(loose), "(19) (26)");
    EXPECT_EQ(select_missed(*session_, kTown, rest).at(0).date, "2026-12-06");
}

TEST_P(SeriesRule, DatesGivenUpMovedAndNewAreRefusedAtOnce) {
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, cancel_least_min) VALUES (1, 1, 21600);");
    const SeriesId id = ask(saturdays()).value();
    for (const auto* date : {"2026-12-12", "2026-12-13"}) {
        auto chess = wish();
        chess.actor = kAlex;
        chess.association = kChess;
        chess.start = std::string(date) + "T21:00";
        chess.end = std::string(date) + "T22:00";
        ASSERT_TRUE(request(chess));
    }
    auto order = order_of(id, Scope::all);
    order.start_time = "20:30";
    order.end_time = "22:30";
    order.pattern.emplace(
        ListedDates{{day(2026, 12, 12), day(2026, 12, 13), day(2026, 12, 19), day(2026, 12, 20)}});
    const auto before = traces();
    const auto answer = edit(order);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, Refusal::rules);
    EXPECT_EQ(dates_of(answer.error()),
              "2026-12-05:notice_too_short 2026-12-12:room_taken 2026-12-13:room_taken");
    EXPECT_EQ(codes_of(answer.error()), "notice_too_short,room_taken");
    EXPECT_EQ(traces(), before);
    session_->execute("UPDATE room_rules SET cancel_least_min = 0");
    order.pattern.emplace(ListedDates{{day(2026, 12, 19), day(2026, 12, 20)}});
    EXPECT_EQ(dates_in(edit(order).value()), "19 20");
}

TEST_P(SeriesRule, AListOfDatesSaysItselfWhereItBeginsAndEnds) {
    const SeriesId id = ask(saturdays()).value();
    auto order = order_of(id, Scope::all);
    order.pattern.emplace(ListedDates{{day(2027, 1, 20), day(2026, 12, 3), day(2026, 12, 12),
                                       day(2026, 12, 30), day(2027, 1, 6), day(2026, 11, 2)}});
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(dates_in(rest), "03 12 30 06 20") << "2 November is past";
    EXPECT_EQ(dates_in(id), "(05) (19) (26)");
    EXPECT_EQ(select_series(*session_, kTown, rest)->recurrence.count, std::nullopt);
}

TEST_P(SeriesRule, ThatNamesTheSameDatesIsRecordedButNotMailed) {
    const SeriesId id = ask(saturdays()).value();
    const auto mails = count("outbox");
    auto order = order_of(id, Scope::all);
    order.until = day(2026, 12, 27);
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(dates_in(rest), "05 12 19 26");
    EXPECT_EQ(count("outbox"), mails);
    EXPECT_EQ(count("audit WHERE action = 'series_moved' AND subject_id = 2"), 1);
}

TEST_P(SeriesRule, OfAClosedSeriesEndsWhereItWasClosed) {
    const SeriesId id = ask(saturdays()).value();
    ASSERT_TRUE(write(cancel_series,
                      CancelSeries{order_of(id, Scope::following, "2026-12-19").change, "", ""}));
    auto order = order_of(id, Scope::all);
    order.pattern.emplace(Weekly{1, {Saturday, Sunday}});
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(dates_in(rest), "05 06 12 13 (19) (26)");
    EXPECT_EQ(select_series(*session_, kTown, rest)->recurrence.until, day(2026, 12, 18));
    order = order_of(rest, Scope::all);
    order.until = day(2026, 12, 20);
    EXPECT_EQ(dates_in(edit(order).value()), "05 06 12 13 (19) 20 (26)") << "asked for in words";
}

TEST_P(SeriesRule, GivesUpUnderTheOldSeries) {
    const SeriesId id = ask(saturdays()).value();
    auto order = order_of(id, Scope::all);
    order.count = 2;
    ASSERT_TRUE(edit(order));
    EXPECT_EQ(dates_in(id), "(19) (26)");
    EXPECT_EQ(count("audit WHERE action = 'series_cancelled' AND subject_id = 1"), 1);
}

TEST_P(SeriesRule, ThatIsImpossibleIsNamed) {
    const SeriesId id = ask(saturdays()).value();
    const auto before = traces();
    auto order = order_of(id, Scope::all);
    order.count = 401;
    EXPECT_EQ(codes_of(edit(order).error()), "bad_recurrence");
    order.count.reset();
    for (const Pattern& none :
         {Pattern(ListedDates{{day(2026, 11, 2)}}), Pattern(Weekly{1, {}}), Pattern(Daily{0})}) {
        order.pattern.emplace(none);
        EXPECT_EQ(codes_of(edit(order).error()), "bad_recurrence");
    }
    order = order_of(id, Scope::all);
    order.until = day(2026, 12, 4);
    EXPECT_EQ(codes_of(edit(order).error()), "bad_recurrence");
    order = order_of(id, Scope::one, "2026-12-12");
    order.count = 2;
    EXPECT_EQ(codes_of(edit(order).error()), "bad_scope");
    EXPECT_EQ(traces(), before);
}

/// A step in the life of a series: one date by itself, or the rule of many.
struct Step {
    int kind = 0;  ///< 0: another time for one date, 1: one date given up, else: another rule
    int date = 0;  ///< which of its dates
    int days = 1;  ///< of the week, a bit each
    bool following = false;
};

void showValue(const Step& step, std::ostream& out) {
    out << step.kind << " at " << step.date << " days " << step.days
        << (step.following ? " following" : " all");
}

/// A daily series of two weeks, five days of which are past, each story in a transaction of its
/// own that is undone.
class SeriesRuleProperty : public TownTest {
  protected:
    void begin() {
        if (session_->transaction_state() != store::TransactionState::none) {
            session_->execute("ROLLBACK");  // the story before
        }
        session_->execute("BEGIN");
        first_.clear();
        cancelled_.clear();
        RequestSeries request;
        request.town = kTown;
        request.actor = kOffice;
        request.booker = kCamille;
        request.room = kSmall;
        request.association = kChoir;
        request.recurrence = {kFirst, Daily{1}, plus_days(kFirst, 13), std::nullopt};
        request.start_time = "18:30";
        request.end_time = "20:30";
        request.attendees = 5;
        request.purpose = "Répétition";
        request.now = kNow;
        series_ = attempt(request_series, request).value();
    }

    void live(const Step& step) {
        const auto before = states();
        const auto past = text_of(plus_days(kFirst, 5));
        EditSeries order;
        order.change = {kTown, kOffice, series_, Scope::all, text_of(plus_days(kFirst, step.date)),
                        kLater};
        if (step.kind < 2) {
            order.change.scope = Scope::one;
            order.start_time = "08:00";
            order.end_time = "09:00";
            if (step.kind == 0) {
                (void)attempt(edit_series, order);
            } else if (attempt(cancel_series, CancelSeries{order.change, "other", ""})) {
                cancelled_.insert(order.change.date);
            }
            return;
        }
        order.change.scope = step.following ? Scope::following : Scope::all;
        order.pattern.emplace(Weekly{1, weekdays_of(step.days)});
        const auto answer = attempt(edit_series, order);
        const auto after = states();
        if (!answer) {
            RC_ASSERT(after == before);
            return;
        }
        const auto now_on = std::max(past, first_);
        const auto asked = step.following ? std::max(order.change.date, now_on) : now_on;
        const auto from = std::ranges::find_if(before, [&](const auto& one) {
                              return one.first >= asked && one.second != "gone";
                          })->first;
        for (const auto& [date, state] : before) {
            const bool named = is_named(date, step.days);
            if (date < from || (named && (state != "gone" || cancelled_.contains(date)))) {
                RC_ASSERT(after.at(date) == state);
            } else {
                RC_ASSERT(after.at(date) == (named ? "usual" : "gone"));
            }
        }
        RC_ASSERT(after.size() == before.size());
        RC_ASSERT(number("SELECT COUNT(*) FROM occupancies") ==
                  number("SELECT COUNT(*) FROM bookings WHERE status = 'approved'"));
        series_ = *answer;
        first_ = from;
    }

  private:
    /// As the writer does: what is refused is undone.
    template <class Order>
    Outcome<SeriesId> attempt(Outcome<SeriesId> (*use_case)(store::Session&, const Order&),
                              const Order& order) {
        session_->execute("SAVEPOINT step");
        auto answer = use_case(*session_, order);
        if (!answer) {
            session_->execute("ROLLBACK TO SAVEPOINT step");
        }
        session_->execute("RELEASE SAVEPOINT step");
        return answer;
    }

    static constexpr LocalDate kFirst{std::chrono::year{2026}, std::chrono::December,
                                      std::chrono::day{7}};  // a Monday
    static constexpr std::chrono::sys_seconds kLater{std::chrono::sys_days{kFirst} +
                                                     std::chrono::days{5}};

    static std::vector<std::chrono::weekday> weekdays_of(int days) {
        std::vector<std::chrono::weekday> chosen;
        for (unsigned day = 0; day < 7; ++day) {
            if ((days >> day & 1) != 0) {
                chosen.emplace_back(day);
            }
        }
        return chosen;
    }
    static bool is_named(const std::string& date, int days) {
        const std::chrono::weekday day{std::chrono::sys_days{parse_date(date).value()}};
        return (days >> day.c_encoding() & 1) != 0;
    }
    /// Of each date there ever was: "usual", "moved" or "gone".
    std::map<std::string, std::string> states() {
        std::map<std::string, std::string> states;
        const auto last = number("SELECT MAX(id) FROM series");
        for (auto id = number("SELECT MIN(id) FROM series"); id <= last; ++id) {
            for (const BookingView& view : select_views_of(*session_, kTown, SeriesId{id})) {
                const Booking& booking = view.booking;
                const bool usual = booking.slot.local_start.ends_with("18:30");
                const bool gone = booking.status == Status::cancelled;
                states[booking.series_date] = gone ? "gone" : (usual ? "usual" : "moved");
            }
        }
        return states;
    }

    SeriesId series_{};
    std::string first_;                ///< of the series that goes on
    std::set<std::string> cancelled_;  ///< by themselves
};
CRENEAU_ON_BOTH_ENGINES(SeriesRuleProperty);

TEST_P(SeriesRuleProperty, ThePastAndWhatWasChangedByItselfStay) {
    constexpr std::size_t kMostSteps = 4;
    EXPECT_TRUE(rc::check([this] {
        const auto steps = *rc::gen::container<std::vector<Step>>(
            *support::any_in<std::size_t>(1, kMostSteps + 1),
            rc::gen::build<Step>(rc::gen::set(&Step::kind, support::any_in(0, 4)),
                                 rc::gen::set(&Step::date, support::any_in(0, 14)),
                                 rc::gen::set(&Step::days, support::any_in(1, 128)),
                                 rc::gen::set(&Step::following)));
        begin();
        for (const Step& step : steps) {
            live(step);
        }
    }));
}

}  // namespace
}  // namespace creneau::booking
