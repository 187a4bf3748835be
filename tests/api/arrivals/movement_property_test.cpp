#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/presence_store.hpp"
#include "api/booking/local_time.hpp"
#include "tests/api/arrivals/staff_town.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace creneau::arrivals {
namespace {

using std::chrono::hours;

enum class Act { arrive, stay_awhile, depart, correct, withdraw, wait, enable };

/// One step of somebody's story: what is done, to which movement, and for when.
struct Step {
    Act act = Act::arrive;
    std::size_t which = 0;
    int ahead = 0;  ///< hours
};

void showValue(const Step& step, std::ostream& out) {
    out << "act " << static_cast<int>(step.act) << " of " << step.which << " in " << step.ahead
        << " h";
}

/// What becomes of one person, reckoned by the plainest means.
struct Model {
    struct Entry {
        MovementId id{};
        bool arrival = false;
        std::chrono::sys_seconds at;
        bool open = true;
    };
    std::vector<Entry> entries;
    bool is_staff = false;
    bool is_enabled = false;
    Presence now_there;
    Presence before;  ///< the last arrival was announced

    [[nodiscard]] bool is_active(std::chrono::sys_seconds now) const {
        return is_enabled && (!now_there.from || *now_there.from <= now) &&
               (!now_there.until || now < *now_there.until);
    }
    [[nodiscard]] bool has_open(bool arrival) const {
        return std::ranges::any_of(
            entries, [&](const Entry& entry) { return entry.open && entry.arrival == arrival; });
    }
    [[nodiscard]] bool has_left(std::chrono::sys_seconds now) const {
        return now_there.until && *now_there.until <= now;
    }
    [[nodiscard]] bool may_arrive(std::chrono::sys_seconds now) const {
        return !has_open(true) && !has_open(false) && !is_active(now) &&
               (!is_staff || has_left(now));
    }
    [[nodiscard]] bool may_depart(std::chrono::sys_seconds now) const {
        return is_staff && !has_open(false) && !has_left(now);
    }
    /// Something can be announced, changed or carried out; or they are an ordinary account.
    [[nodiscard]] bool goes_on(std::chrono::sys_seconds now) const {
        return may_arrive(now) || may_depart(now) || has_open(true) || has_open(false) ||
               is_active(now);
    }
    void arrive(std::optional<std::chrono::sys_seconds> until, std::chrono::sys_seconds from) {
        before = now_there;
        now_there = {from, until};
        is_staff = true;
        is_enabled = true;
    }
    void withdraw(Entry& entry) {
        entry.open = false;
        if (!entry.arrival) {
            now_there.until.reset();
            return;
        }
        for (Entry& other : entries) {
            other.open = false;
        }
        now_there = before;
        is_staff = false;
        is_enabled = false;
    }
    void carry_out(std::chrono::sys_seconds now) {
        for (Entry& entry : entries) {
            if (entry.open && entry.at <= now) {
                entry.open = false;
                is_enabled = is_enabled && entry.arrival;
            }
        }
    }
};

class MovementStories : public StaffTown {
  protected:
    void begin() {
        model_ = {};
        auto order = arrival(local(24));
        order.email = "story-" + std::to_string(++stories_) + "@example.org";
        const auto first = arrive(order).value();
        person_ = first.person.id;
        model_.arrive({}, first.moment.at);
        model_.entries = {{first.id, true, first.moment.at}};
    }
    void tell(const Step& step) {
        switch (step.act) {
            case Act::arrive:
            case Act::stay_awhile:
                return come(step);
            case Act::depart:
                return go(step);
            case Act::correct:
                return change(step, true);
            case Act::withdraw:
                return change(step, false);
            case Act::wait:
                now_ += hours(24 * (1 + step.which % 3));
                carry_out();
                return model_.carry_out(now_);
            case Act::enable:
                session_->execute("UPDATE people SET enabled = 1 WHERE id = " + id());
                model_.is_enabled = true;
                return;
        }
    }
    void check() {
        RC_ASSERT(model_.goes_on(now_));
        const auto presence = select_presence(*session_, kTown, person_).value();
        RC_ASSERT(presence.from == model_.now_there.from);
        RC_ASSERT(presence.until == model_.now_there.until);
        for (const bool arrival : {true, false}) {
            const auto kind = arrival ? MovementKind::arrival : MovementKind::departure;
            const auto open = select_open_movement(*session_, kTown, person_, kind);
            RC_ASSERT(open.has_value() == model_.has_open(arrival));
            if (open) {
                RC_ASSERT((arrival ? presence.from : presence.until) == open->moment.at);
            }
        }
        const auto account = people::find_person(*session_, kTown, person_);
        RC_ASSERT((account && account->is_active(now_)) == model_.is_active(now_));
    }

  private:
    std::string id() const { return std::to_string(static_cast<std::int64_t>(person_)); }
    std::string local(int ahead) const {
        return booking::local_time_of(now_ + hours(ahead), "Europe/Paris");
    }
    void come(const Step& step) {
        auto order = arrival(local(step.ahead));
        order.person = person_;
        std::optional<std::chrono::sys_seconds> until;
        if (step.act == Act::stay_awhile) {
            until = now_ + hours(step.ahead + 48);
            order.ends = local(step.ahead + 48);
        }
        const auto made = arrive(order);
        RC_ASSERT(made.has_value() == model_.may_arrive(now_));
        if (made) {
            model_.arrive(until, now_ + hours(step.ahead));
            model_.entries.push_back({made->id, true, made->moment.at});
            if (until) {
                const auto end =
                    select_open_movement(*session_, kTown, person_, MovementKind::departure);
                model_.entries.push_back({end.value().id, false, *until});
            }
        }
    }
    void go(const Step& step) {
        const auto at = now_ + hours(step.ahead);
        const bool is_after = !model_.now_there.from || *model_.now_there.from < at;
        const auto made = depart(person_, local(step.ahead));
        RC_ASSERT(made.has_value() == (model_.may_depart(now_) && is_after));
        if (made) {
            model_.now_there.until = at;
            model_.entries.push_back({made->id, false, at});
        }
    }
    /// Corrects or withdraws one of the movements.
    void change(const Step& step, bool correct_it) {
        auto& entry = model_.entries[step.which % model_.entries.size()];
        const bool is_open = entry.open && entry.at > now_;
        const Movement movement = select_movement(*session_, kTown, entry.id).value();
        if (!correct_it) {
            RC_ASSERT(withdraw(movement).has_value() == is_open);
            if (is_open) {
                model_.withdraw(entry);
            }
            return;
        }
        const auto at = now_ + hours(step.ahead);
        auto changed = model_.now_there;
        (entry.arrival ? changed.from : changed.until) = at;
        const bool in_order = !changed.from || !changed.until || *changed.from < *changed.until;
        RC_ASSERT(correct(movement, local(step.ahead)).has_value() == (is_open && in_order));
        if (is_open && in_order) {
            model_.now_there = changed;
            entry.at = at;
        }
    }

    Model model_;
    PersonId person_{};
    int stories_ = 0;
};
CRENEAU_ON_BOTH_ENGINES(MovementStories);

rc::Gen<Step> any_step() {
    return rc::gen::apply(
        [](int act, std::size_t which, int days, int more) {
            return Step{static_cast<Act>(act), which, 24 * days + more};
        },
        support::any_in(0, 7), support::any_in<std::size_t>(0, 12), support::any_in(0, 4),
        support::any_in(-3, 4));
}

TEST_P(MovementStories, NeverEndWhereNothingCanBeAnnouncedAndAgreeWithThePresence) {
    EXPECT_TRUE(rc::check([this] {
        const auto steps = *rc::gen::scale(0.25, rc::gen::container<std::vector<Step>>(any_step()));
        begin();
        check();
        for (const Step& step : steps) {
            tell(step);
            check();
        }
    }));
}

}  // namespace
}  // namespace creneau::arrivals
