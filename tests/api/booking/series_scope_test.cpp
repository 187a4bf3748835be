#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/session.hpp"
#include "tests/api/booking/series_fixture.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::booking {
namespace {

using std::chrono::Monday;
using std::chrono::Thursday;

constexpr LocalDate kFirst{std::chrono::year{2026}, std::chrono::December,
                           std::chrono::day{7}};  // a Monday
constexpr int kDates = 6;

/// One of every kind of rule, each naming kFirst.
std::vector<Pattern> every_rule() {
    return {Daily{1},
            Daily{3},
            Weekly{1, {Monday, Thursday}},
            Weekly{2, {Monday}},
            MonthlyByDate{1},
            MonthlyByWeekday{1, 1, Monday},
            MonthlyByWeekday{2, 1, Monday},
            Yearly{1},
            ListedDates{{kFirst, plus_days(kFirst, 2), plus_days(kFirst, 9), plus_days(kFirst, 30),
                         plus_days(kFirst, 31), plus_days(kFirst, 100)}}};
}

/// An edit of the hours or a cancellation, of some scope.
struct Step {
    bool cancels = false;
    Scope scope = Scope::one;
    std::size_t date = 0;  ///< which of the dates there are
    std::size_t hour = 0;
};

void showValue(const Step& step, std::ostream& out) {
    out << (step.cancels ? "cancel " : "edit ") << word_of(step.scope) << " at " << step.date
        << " hour " << step.hour;
}

/// A series in a room of its own, told from a moment at which some of its dates are past; each
/// story in a transaction of its own that is undone.
class SeriesScopes : public TownTest {
  protected:
    void begin(const Pattern& rule, std::size_t past) {
        if (session_->transaction_state() != store::TransactionState::none) {
            session_->execute("ROLLBACK");  // the story before
        }
        session_->execute("BEGIN");
        RequestSeries request;
        request.town = kTown;
        request.actor = kOffice;
        request.booker = kCamille;
        request.room = kSmall;
        request.association = kChoir;
        request.recurrence = {kFirst, rule, std::nullopt, kDates};
        if (std::holds_alternative<ListedDates>(rule)) {
            request.recurrence.count.reset();
        }
        request.start_time = "18:30";
        request.end_time = "20:30";
        request.attendees = 5;
        request.purpose = "Répétition";
        request.now = kNow;
        series_ = attempt(request_series, request).value();
        since_.clear();
        usual_ = request.start_time;
        expected_ = states();
        RC_ASSERT(expected_.size() == static_cast<std::size_t>(kDates));
        // Noon of a date: those before it are past, its own evening is not.
        now_ = kNow;
        if (past > 0) {
            const auto day = parse_date(date_at(past)).value();
            now_ = std::chrono::sys_days(day) + std::chrono::hours{3};
        }
    }

    void live(const Step& step) {
        ChangeSeries change{kTown, kOffice, series_, step.scope, date_at(step.date), now_};
        const bool done = step.cancels ? cancel(change) : edit(change, step.hour);
        if (done) {
            expect_done(step, change.date);
        }
        RC_ASSERT(states() == expected_);
        RC_ASSERT(number("SELECT COUNT(*) FROM occupancies") ==
                  number("SELECT COUNT(*) FROM bookings WHERE status = 'approved'"));
    }

  private:
    static constexpr std::array<const char*, 3> kStarts{"08:00", "10:00", "14:00"};
    static constexpr std::array<const char*, 3> kEnds{"09:30", "11:30", "15:30"};

    std::string date_at(std::size_t at) const {
        return std::next(expected_.begin(), static_cast<std::ptrdiff_t>(at % expected_.size()))
            ->first;
    }

    bool cancel(const ChangeSeries& change) {
        return attempt(cancel_series, CancelSeries{change, "other", ""}).has_value();
    }
    bool edit(const ChangeSeries& change, std::size_t hour) {
        EditSeries order;
        order.change = change;
        order.start_time = kStarts.at(hour);
        order.end_time = kEnds.at(hour);
        const auto answer = attempt(edit_series, order);
        if (answer) {
            series_ = *answer;
        }
        return answer.has_value();
    }

    /// What the scope reaches and has not begun changes; all else stays, and in an edit of several
    /// dates also each that is not as its series says.
    void expect_done(const Step& step, const std::string& date) {
        bool changes = false;
        for (auto& [day, state] : expected_) {
            const bool is_meant = step.scope == Scope::one         ? day == date
                                  : step.scope == Scope::following ? day >= date && day >= since_
                                                                   : day >= since_;
            const bool is_own = step.scope != Scope::one && state != usual_;
            if (is_meant && state != "gone" && (step.cancels || !is_own) &&
                is_to_come(day, state)) {
                const std::string before =
                    std::exchange(state, step.cancels ? "gone" : kStarts.at(step.hour));
                changes |= state != before;
            }
        }
        if (step.cancels || step.scope == Scope::one) {
            return;
        }
        usual_ = kStarts.at(step.hour);
        if (changes && step.scope == Scope::following) {
            since_ = std::max(since_, date);
        }
    }
    /// In winter and in summer it is later in Paris than in UTC, by two hours at most.
    bool is_to_come(const std::string& day, const std::string& start) const {
        const auto at = std::chrono::sys_days(parse_date(day).value()) +
                        std::chrono::hours(std::stoi(start.substr(0, 2)));
        return at - std::chrono::hours(2) > now_;
    }

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

    /// Of each date there ever was: its local start, or "gone".
    std::map<std::string, std::string> states() {
        std::map<std::string, std::string> states;
        const auto last = number("SELECT MAX(id) FROM series");
        for (auto id = number("SELECT MIN(id) FROM series"); id <= last; ++id) {
            for (const BookingView& view : select_views_of(*session_, kTown, SeriesId{id})) {
                const Booking& booking = view.booking;
                RC_ASSERT(states.count(booking.series_date) == 0U);
                states[booking.series_date] = booking.status == Status::cancelled
                                                  ? "gone"
                                                  : booking.slot.local_start.substr(11);
            }
        }
        return states;
    }

    SeriesId series_{};
    std::string since_;  ///< the first date of the series that goes on
    std::string usual_;  ///< the start that the series says
    std::map<std::string, std::string> expected_;
    std::chrono::sys_seconds now_ = kNow;
};
CRENEAU_ON_BOTH_ENGINES(SeriesScopes);

TEST_P(SeriesScopes, KeepThePastAndWhatWasChangedByItself) {
    const auto rules = every_rule();
    constexpr std::size_t kMostSteps = 5;
    EXPECT_TRUE(rc::check([&] {
        const auto rule = *support::any_in<std::size_t>(0, rules.size());
        const auto past = *support::any_in<std::size_t>(0, 4);
        const auto steps = *rc::gen::container<std::vector<Step>>(
            *support::any_in<std::size_t>(1, kMostSteps + 1),
            rc::gen::build<Step>(
                rc::gen::set(&Step::cancels, rc::gen::element(false, false, true)),
                rc::gen::set(&Step::scope, rc::gen::element(Scope::one, Scope::one,
                                                            Scope::following, Scope::all)),
                rc::gen::set(&Step::date, support::any_in<std::size_t>(0, kDates)),
                rc::gen::set(&Step::hour, support::any_in<std::size_t>(0, 3))));
        begin(rules[rule], past);
        for (const Step& step : steps) {
            live(step);
        }
    }));
}

}  // namespace
}  // namespace creneau::booking
