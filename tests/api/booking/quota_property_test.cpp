#include "api/booking/approve_booking.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/change.hpp"
#include "api/booking/move_booking.hpp"
#include "api/booking/refuse_booking.hpp"
#include "api/booking/request_booking.hpp"
#include "api/store/savepoint.hpp"
#include "tests/api/booking/series_fixture.hpp"
#include "tests/api/booking/town_fixture.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {
namespace {

enum class Act { request, series, move, cancel, refuse, approve };

/// What is asked for: a room, a day of December and whole hours, perhaps past midnight, and whether
/// for the choir. A series has it again a week later.
struct Step {
    Act act = Act::request;
    RoomId room{};
    int day = 1;
    int start = 8;
    int length = 1;
    bool for_choir = true;
    std::size_t which = 0;  ///< of what was booked, where it is changed or decided on
};

void showValue(const Step& step, std::ostream& out) {
    out << "act " << static_cast<int>(step.act) << " room " << static_cast<std::int64_t>(step.room)
        << " on " << step.day << " at " << step.start << '+' << step.length
        << (step.for_choir ? " choir" : "") << " which " << step.which;
}

constexpr int kHoursOfDay = 24;

/// Hours past midnight are of the next day.
std::string hour(int day, int of_day) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return "2026-12-" + two(day + of_day / kHoursOfDay) + "T" + two(of_day % kHoursOfDay) + ":00";
}

/// A quota as the reader of its row would reckon it: `key` tells the periods of December apart. All
/// of a booking counts in the period in which it starts.
struct Bound {
    bool in_hours;
    int most;
    bool of_choir;
    bool of_individual;
    bool everywhere;  ///< otherwise in kDanton and kSemanaz
    int (*key)(int day);
};

/// 30 November 2026 is a Monday; the season begins on 10 December.
constexpr std::array kBounds{
    Bound{true, 5, true, true, false, [](int day) { return day / 7; }},
    Bound{false, 4, true, false, true, [](int /*day*/) { return 12; }},
    Bound{true, 4, false, true, true, [](int day) { return day; }},
    Bound{false, 3, true, true, false, [](int day) { return day < 10 ? 0 : 1; }}};

bool binds(const Bound& bound, const Step& step) {
    const bool here = bound.everywhere || step.room == kDanton || step.room == kSemanaz;
    return here && (step.for_choir ? bound.of_choir : bound.of_individual);
}

/// Whether `wished` beside `kept` is more than one of the quotas allows.
bool is_too_much(const Step& wished, const std::vector<Step>& kept) {
    return std::ranges::any_of(kBounds, [&](const Bound& bound) {
        int sum = bound.in_hours ? wished.length : 1;
        for (const Step& one : kept) {
            const bool counts = one.for_choir == wished.for_choir && binds(bound, one) &&
                                bound.key(one.day) == bound.key(wished.day);
            sum += counts ? (bound.in_hours ? one.length : 1) : 0;
        }
        return binds(bound, wished) && sum > bound.most;
    });
}

bool names_quota(const std::vector<Failure>& failures) {
    return std::ranges::find(failures, Rule::quota_exceeded, &Failure::rule) != failures.end();
}

/// The quotas of kBounds, and the story told to one town after the other.
class QuotaStories : public SeriesTest {
  protected:
    QuotaStories() {
        session_->execute(
            "INSERT INTO quotas"
            " (id, town_id, key, name, holder, unit, most, period, season_month, season_day) VALUES"
            " (1, 1, 'week', 'Heures', 'each', 'hours', 5, 'week', 1, 1),"
            " (2, 1, 'month', 'Fois', 'association', 'bookings', 4, 'month', 1, 1),"
            " (3, 1, 'day', 'Jour', 'individual', 'hours', 4, 'day', 1, 1),"
            " (4, 1, 'season', 'Saison', 'each', 'bookings', 3, 'season', 12, 10);"
            "INSERT INTO quota_rooms (town_id, quota_id, room_id) VALUES"
            " (1, 1, 1), (1, 1, 2), (1, 4, 1), (1, 4, 2)");
    }

    /// Each story begins with nothing booked.
    void begin() {
        if (session_->transaction_state() != store::TransactionState::none) {
            session_->execute("ROLLBACK");
        }
        session_->execute("BEGIN");
        kept_.clear();
        ids_.clear();
    }

    void take(const Step& step) {
        if (step.act == Act::request) {
            ask_once(step);
        } else if (step.act == Act::series) {
            ask_twice(step);
        } else if (!kept_.empty()) {
            change(step, step.which % kept_.size());
        }
    }

  private:
    void change(const Step& step, std::size_t at) {
        if (step.act == Act::move) {
            move_to(step, at);
        } else if (step.act == Act::cancel) {
            give_back(at);
        } else {
            decide(step.act, at);
        }
    }

    void ask_once(const Step& step) {
        auto order = wish();
        order.actor = kCamille;
        order.room = step.room;
        order.start = hour(step.day, step.start);
        order.end = hour(step.day, step.start + step.length);
        if (!step.for_choir) {
            order.association.reset();
        }
        const auto answer = request_booking(*session_, order);
        const bool named = !answer && names_quota(answer.error().failures);
        RC_ASSERT(named == is_too_much(step, kept_));
        if (answer) {
            keep(step, answer->id);
        }
    }

    /// The dates before count for a date, where they could be had themselves.
    void ask_twice(const Step& step) {
        auto order = saturdays();
        order.room = step.room;
        order.recurrence.first = day(2026, 12, static_cast<unsigned>(step.day));
        order.recurrence.pattern = Daily{7};
        order.recurrence.count = 2;
        order.start_time = hour(step.day, step.start).substr(11);
        order.end_time = hour(step.day, step.start + step.length).substr(11);
        order.end_day_offset = (step.start + step.length) / kHoursOfDay;
        if (!step.for_choir) {
            order.association.reset();
        }
        const auto answer = request_series(*session_, order);
        auto beside = kept_;
        for (int week = 0; week < 2; ++week) {
            Step date = step;
            date.day += 7 * week;
            const auto failures = failures_on(answer, hour(date.day, 0).substr(0, 10));
            RC_ASSERT(names_quota(failures) == is_too_much(date, beside));
            if (failures.empty()) {
                beside.push_back(date);
            }
        }
        if (answer) {
            keep_series(step, *answer);
        }
    }

    static std::vector<Failure> failures_on(const Outcome<SeriesId>& answer,
                                            const std::string& date) {
        std::vector<Failure> failures;
        if (!answer) {
            for (const RefusedDate& refused : answer.error().dates) {
                if (refused.date == date) {
                    failures = refused.failures;
                }
            }
        }
        return failures;
    }

    /// What moves no more counts where it was.
    void move_to(const Step& step, std::size_t at) {
        Step moved = step;
        moved.for_choir = kept_[at].for_choir;
        auto beside = kept_;
        beside.erase(beside.begin() + static_cast<std::ptrdiff_t>(at));
        MoveBooking order;
        order.change = {kTown, kCamille, ids_[at], {}, kNow};
        order.room = step.room;
        order.start = hour(step.day, step.start);
        order.end = hour(step.day, step.start + step.length);
        const auto answer = move_booking(*session_, order);
        const bool named = !answer && names_quota(answer.error().failures);
        RC_ASSERT(named == is_too_much(moved, beside));
        if (answer) {
            kept_[at] = moved;
        }
    }

    void give_back(std::size_t at) {
        const CancelBooking order{{kTown, kCamille, ids_[at], {}, kNow}, "", ""};
        RC_ASSERT(cancel_booking(*session_, order).has_value());
        forget(at);
    }

    /// What is refused counts no more, what is approved as before.
    void decide(Act act, std::size_t at) {
        const Change change{kTown, kOffice, ids_[at], {}, kNow};
        store::Savepoint decision(*session_);
        const bool refuses = act == Act::refuse;
        const auto answer = refuses ? refuse_booking(*session_, {change, "public_order", ""})
                                    : approve_booking(*session_, change);
        if (!answer) {
            // Decided on already, or where requests do not block, taken by another.
            RC_ASSERT(!refuses || answer.error().refusal == Refusal::wrong_state);
            return;
        }
        decision.keep();
        if (refuses) {
            forget(at);
        }
    }

    void forget(std::size_t at) {
        kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(at));
        ids_.erase(ids_.begin() + static_cast<std::ptrdiff_t>(at));
    }

    void keep(const Step& step, BookingId id) {
        kept_.push_back(step);
        ids_.push_back(id);
    }

    void keep_series(const Step& step, SeriesId series) {
        std::vector<std::int64_t> ids(10);
        session_->sql() << "SELECT id FROM bookings WHERE series_id = :series ORDER BY start_at",
            soci::into(ids), soci::use(static_cast<std::int64_t>(series));
        RC_ASSERT(ids.size() == 2U);
        Step date = step;
        for (const std::int64_t id : ids) {
            keep(date, BookingId{id});
            date.day += 7;
        }
    }

    std::vector<Step> kept_;
    std::vector<BookingId> ids_;
};
CRENEAU_ON_BOTH_ENGINES(QuotaStories);

rc::Gen<Step> any_step() {
    return rc::gen::build<Step>(
        rc::gen::set(&Step::act,
                     rc::gen::element(Act::request, Act::request, Act::series, Act::move, Act::move,
                                      Act::cancel, Act::refuse, Act::approve)),
        rc::gen::set(&Step::room, rc::gen::element(kDanton, kDanton, kSemanaz, kSmall, kOpen)),
        rc::gen::set(&Step::day, support::any_in(5, 16)),
        rc::gen::set(&Step::start, support::any_in(0, 23)),
        rc::gen::set(&Step::length, support::any_in(1, 6)),
        rc::gen::set(&Step::for_choir, rc::gen::arbitrary<bool>()),
        rc::gen::set(&Step::which, support::any_in<std::size_t>(0, 20)));
}

TEST_P(QuotaStories, AreCountedAsFromScratch) {
    EXPECT_TRUE(rc::check([this] {
        const auto steps = *rc::gen::resize(30, rc::gen::container<std::vector<Step>>(any_step()));
        begin();
        for (const Step& step : steps) {
            take(step);
        }
    }));
}

TEST_P(QuotaStories, OfANightWhenTheClocksChangeTheHoursThatPassAreCounted) {
    auto night = wish();
    night.start = "2027-03-20T22:00";
    night.end = "2027-03-21T04:00";
    const auto usual = request(night);
    ASSERT_FALSE(usual);
    EXPECT_TRUE(names_quota(usual.error().failures)) << "six hours, of five in a week";
    night.start = "2027-03-27T22:00";
    night.end = "2027-03-28T04:00";
    EXPECT_TRUE(request(night)) << "five: the sixth is left out that night";
}

}  // namespace
}  // namespace creneau::booking
