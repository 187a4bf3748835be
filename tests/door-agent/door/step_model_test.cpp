#include "door-agent/door/step.hpp"
#include "tests/door-agent/door/chronicle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace creneau::door::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// 10 000 sequences unless CRENEAU_MODEL_SEQUENCES says more; before rapidcheck reads it.
const bool kSequences = [] {
    const char* wanted = std::getenv("CRENEAU_MODEL_SEQUENCES");
    const std::string count = wanted != nullptr ? wanted : "10000";
    return setenv("RC_PARAMS", ("max_success=" + count).c_str(), 0) == 0;
}();

/// Events of one sequence, by its seed alone: a generator of the library for each would be slow.
class Fate {
  public:
    explicit Fate(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] int below(int end) {
        return static_cast<int>(random_() % static_cast<std::uint64_t>(end));
    }
    [[nodiscard]] BootTime pause() {
        constexpr std::array kMost{1, 400, 3000, 15'000};
        return milliseconds{below(kMost.at(static_cast<std::size_t>(below(4))))};
    }
    [[nodiscard]] std::optional<bool> level() {
        const int drawn = below(9);
        return drawn == 0 ? std::nullopt : std::optional(drawn % 2 == 0);
    }
    [[nodiscard]] DoorOptions options() {
        DoorOptions options;
        options.service = below(4) == 0   ? Service::lockdown
                          : below(8) == 0 ? Service::disabled
                                          : Service::in_service;
        options.relock = static_cast<Relock>(below(3));
        options.held_open = {seconds{below(3) * 8}, seconds{below(2) * 3}};
        return options;
    }
    [[nodiscard]] DoorEvent event(std::uint64_t grant) {
        const int drawn = below(34);
        if (drawn < 12) {
            // Fire is rare, or nothing else would be seen.
            return on::Inputs{{level(), level(), below(6) == 0 ? level() : std::nullopt}};
        }
        if (drawn < 18) {
            return on::Grant{below(3) == 0 ? seconds{25} : seconds{5}};
        }
        if (drawn < 24) {
            return on::Tick{};
        }
        const std::vector<DoorEvent> others{on::LockReady{},
                                            on::LockReady{},
                                            on::LockLost{},
                                            on::LockDoubt{},
                                            on::LockStuckOff{},
                                            on::PulseDone{grant},
                                            on::PulseRefused{grant},
                                            on::PulseUnknown{grant},
                                            on::Released{},
                                            on::Options{options()},
                                            on::FreeAccess{below(3) != 0}};
        return others.at(static_cast<std::size_t>(below(11)));
    }

  private:
    std::mt19937_64 random_;
};

template <class Action>
std::vector<Action> all(const std::vector<DoorAction>& actions) {
    std::vector<Action> found;
    for (const auto& action : actions) {
        if (const auto* one = std::get_if<Action>(&action)) {
            found.push_back(*one);
        }
    }
    return found;
}

/// Somebody who watches the door and knows which news are due.
class Guard {
  public:
    std::vector<DoorNews> see(const DoorEvent& event, BootTime now, bool held) {
        news_.clear();
        look(now);
        const bool was_free = chronicle.free();
        const bool was_fire = chronicle.fire();
        const auto was_open = chronicle.open();
        chronicle.add(event, now);
        if (held) {
            chronicle.note_hold();
        }
        if (chronicle.fire() != was_fire) {
            end_alarms();
            news_.push_back(chronicle.fire() ? DoorNews::fire : DoorNews::fire_over);
            counted_from_ = std::max(counted_from_, now);
        }
        see_contact(was_open, now);
        if (std::holds_alternative<on::Grant>(event) && chronicle.obeys() &&
            chronicle.open() == true) {
            counted_from_ = std::max(counted_from_, *chronicle.unlocked_until());
        }
        if (chronicle.free() != was_free) {
            news_.push_back(was_free ? DoorNews::free_access_over : DoorNews::free_access);
            counted_from_ = std::max(counted_from_, now);
        }
        look(now);
        std::ranges::sort(news_);
        return news_;
    }

    Chronicle chronicle;

  private:
    void see_contact(std::optional<bool> before, BootTime now) {
        const auto open = chronicle.open();
        if (!open || open == before) {
            return;
        }
        if (!*open) {
            if (opened_ && !chronicle.anybodys_right(now)) {
                force();
            }
            end_alarms();
        } else if (before) {
            opened_ = now;
            counted_from_ = chronicle.lets_enter(now) && chronicle.unlocked_until()
                                ? std::max(now, *chronicle.unlocked_until())
                                : now;
        } else if (!forced_ && held_ == 0) {
            counted_from_ = now;
            news_.push_back(DoorNews::found_open);
        }
    }

    void look(BootTime now) {
        if (opened_ && chronicle.anybodys_right(now)) {
            opened_.reset();
        }
        if (opened_ && now - *opened_ >= milliseconds{500}) {
            force();
        }
        if (chronicle.open()) {
            hold_to(stage(now));
        }
    }
    [[nodiscard]] int stage(BootTime now) const {
        const auto options = chronicle.options();
        const auto limit = options.held_open.limit;
        const bool counts = chronicle.open() == true && !forced_ && !chronicle.fire() &&
                            !chronicle.free() && limit > seconds{0};
        if (!counts) {
            return 0;
        }
        const auto stood = now - counted_from_;
        return stood >= limit ? 2 : stood >= limit - options.held_open.pre_alarm ? 1 : 0;
    }
    void hold_to(int stage) {
        if (stage != held_) {
            constexpr std::array kNews{DoorNews::held_over, DoorNews::held_soon,
                                       DoorNews::held_open};
            news_.push_back(kNews.at(static_cast<std::size_t>(stage)));
            held_ = stage;
        }
    }
    void force() {
        opened_.reset();
        hold_to(0);
        forced_ = true;
        news_.push_back(DoorNews::forced);
    }
    void end_alarms() {
        opened_.reset();
        hold_to(0);
        if (std::exchange(forced_, false)) {
            news_.push_back(DoorNews::forced_over);
        }
    }

    std::vector<DoorNews> news_;
    std::optional<BootTime> opened_;  ///< without a right, so far
    BootTime counted_from_{};
    bool forced_ = false;
    int held_ = 0;
};

/// A relay that does everything it is told and ends by itself.
struct Relay {
    BootTime on_until{};

    void hear(const DoorEvent& event, const std::vector<DoorAction>& actions, BootTime now) {
        if (std::holds_alternative<on::LockReady>(event) ||
            std::holds_alternative<on::LockStuckOff>(event)) {
            on_until = BootTime{};
        }
        for (const auto& action : actions) {
            if (const auto* pulse = std::get_if<act::Pulse>(&action)) {
                on_until = std::max<BootTime>(on_until, now + pulse->duration);
            } else if (const auto* hold = std::get_if<act::Hold>(&action)) {
                on_until = std::max<BootTime>(on_until, now + hold->lease);
            } else if (std::holds_alternative<act::Release>(action)) {
                on_until = BootTime{};
            }
        }
    }
};

struct Walk {
    explicit Walk(std::uint64_t seed) : fate(seed) {}

    void go() {
        now += fate.pause();
        take(fate.event(state.grant));
    }

    void take(const DoorEvent& event) {
        auto next = step(state, event, now);
        state = std::move(next.state);
        const bool held = !all<act::Hold>(next.actions).empty();
        const bool was_free = guard.chronicle.free();
        const bool was_doubtful = guard.chronicle.doubtful();
        const auto due = guard.see(event, now, held);
        relay.hear(event, next.actions, now);

        std::vector<DoorNews> told;
        for (const auto& one : all<act::Tell>(next.actions)) {
            told.push_back(one.news);
        }
        std::ranges::sort(told);
        RC_ASSERT(told == due);
        check_reasons(event, next.actions, was_free);
        check_lease(event, held);
        if (guard.chronicle.doubtful() && !was_doubtful) {
            RC_ASSERT(!all<act::Release>(next.actions).empty());
        }
    }

    /// No relay is on without somebody accepted, or free access, to be named for it.
    void check_reasons(const DoorEvent& event, const std::vector<DoorAction>& actions,
                       bool was_free) {
        const auto& known = guard.chronicle;
        const bool granted = std::holds_alternative<on::Grant>(event) && known.obeys();
        const auto pulses = all<act::Pulse>(actions).size();
        RC_ASSERT(pulses <= 1U);
        RC_ASSERT(pulses == 0U || granted || (was_free && !known.free() && known.obeys()));
        RC_ASSERT(!granted || pulses == 1U);
        RC_ASSERT(!known.usable() || may_be_energised(state, now) == (relay.on_until > now));
        if (known.obeys() && relay.on_until > now) {
            RC_ASSERT(known.free() || known.unlocked_by_grant(now));
            const auto latest = known.free() ? now + kHoldLease : BootTime{0};
            RC_ASSERT(relay.on_until <= std::max(latest, known.unlocked_until().value_or(now)));
        }
        RC_ASSERT(!known.usable() || known.obeys() || relay.on_until <= now);
    }

    /// Asked for while free, every two seconds, but of a relay that did not obey.
    void check_lease(const DoorEvent& event, bool held) {
        const auto& known = guard.chronicle;
        RC_ASSERT(!held || known.free());
        if (std::holds_alternative<on::LockStuckOff>(event)) {
            asked_again = now + seconds{30};
        } else if (!known.free() || std::holds_alternative<on::LockReady>(event)) {
            asked_again = now;
        }
        if (known.free() && now >= asked_again) {
            RC_ASSERT(held);
        }
        asked_again = held ? now + seconds{2} : asked_again;
    }

    void come_to_rest() {
        take(on::FreeAccess{false});
        now += seconds{60};
        take(on::Tick{});
        RC_ASSERT(!may_be_energised(state, now) && relay.on_until <= now);
        RC_ASSERT(phase_of(state) != DoorPhase::granted);
        RC_ASSERT(phase_of(state) != DoorPhase::free_access);
    }

    Fate fate;
    DoorState state;
    Guard guard;
    Relay relay;
    BootTime now{seconds{100}};
    BootTime asked_again{};
};

RC_GTEST_PROP(RandomSequences, NoGrantWithoutAReasonNoUnlockedDoorAtRestAlarmsExactlyWhenDue, ()) {
    Walk walk(*rc::gen::arbitrary<std::uint64_t>());
    const int length = *rc::gen::inRange(1, 100);
    for (int i = 0; i < length; ++i) {
        walk.go();
    }
    walk.come_to_rest();
    // Whatever happened, a lock that is read back at a door in use opens for the next grant.
    walk.take(on::LockReady{});
    walk.take(on::Options{});
    const auto grants = walk.state.grant;
    walk.take(on::Grant{seconds{5}});
    RC_ASSERT(walk.state.grant == grants + 1);
}

}  // namespace
}  // namespace creneau::door::test
