#include "door-agent/door/step.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Timed {
    seconds at;
    DoorEvent event;
};

struct Story {
    std::string name;
    std::vector<Timed> events;
    DoorPhase ends;
    std::vector<DoorAction> actions;
};

void PrintTo(const Story& story, std::ostream* out) {
    *out << story.name;
}

const on::Grant kFive{milliseconds{5000}};
const act::Pulse kFirst{milliseconds{5000}, 1};
const act::Pulse kSecond{milliseconds{5000}, 2};

const std::vector<Story> kStories{
    {"starts_in_fault", {}, DoorPhase::fault, {}},
    {"locked_once_read_back", {{seconds{1}, on::LockReady{}}}, DoorPhase::locked, {}},
    {"a_grant_in_fault_does_nothing", {{seconds{1}, kFive}}, DoorPhase::fault, {}},
    {"a_grant_pulses",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}},
     DoorPhase::granted,
     {kFirst}},
    {"still_granted_within_the_time_to_enter",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}, {seconds{11}, on::Tick{}}},
     DoorPhase::granted,
     {kFirst}},
    {"locked_after_the_time_to_enter",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}, {seconds{12}, on::Tick{}}},
     DoorPhase::locked,
     {kFirst}},
    {"a_second_grant_pulses_again",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}, {seconds{4}, kFive}},
     DoorPhase::granted,
     {kFirst, kSecond}},
    {"a_refused_pulse_locks_and_reports",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}, {seconds{3}, on::PulseRefused{1}}},
     DoorPhase::locked,
     {kFirst, act::ReportFault{}}},
    {"an_old_refusal_means_nothing",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, kFive},
      {seconds{3}, kFive},
      {seconds{4}, on::PulseRefused{1}}},
     DoorPhase::granted,
     {kFirst, kSecond}},
    {"an_unknown_pulse_is_released",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}, {seconds{3}, on::PulseUnknown{1}}},
     DoorPhase::fault,
     {kFirst, act::ReportFault{}, act::Release{}}},
    {"a_doubt_is_released_again_until_read_back",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, on::LockDoubt{}},
      {seconds{3}, on::Tick{}},
      {seconds{4}, on::Tick{}},
      {seconds{5}, on::Released{}},
      {seconds{6}, on::Tick{}}},
     DoorPhase::locked,
     {act::ReportFault{}, act::Release{}, act::Release{}}},
    {"no_grant_in_doubt",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, on::LockDoubt{}}, {seconds{3}, kFive}},
     DoorPhase::fault,
     {act::ReportFault{}, act::Release{}}},
    {"a_lost_bus_ends_the_grant_and_its_return_releases_nothing",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, kFive},
      {seconds{3}, on::LockLost{}},
      {seconds{4}, on::LockReady{}}},
     DoorPhase::locked,
     {kFirst}},
    {"a_release_read_back_does_not_make_a_lost_lock_ready",
     {{seconds{1}, on::LockLost{}}, {seconds{2}, on::Released{}}, {seconds{3}, kFive}},
     DoorPhase::fault,
     {}},
    {"disabling_releases_a_granted_door",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}, {seconds{3}, on::Availability{false}}},
     DoorPhase::disabled,
     {kFirst, act::Release{}}},
    {"a_disabled_door_grants_nothing_until_enabled",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, on::Availability{false}},
      {seconds{3}, kFive},
      {seconds{4}, on::Availability{true}}},
     DoorPhase::locked,
     {}},
    {"a_relay_that_stays_off_is_reported",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}, {seconds{3}, on::LockStuckOff{}}},
     DoorPhase::locked,
     {kFirst, act::ReportFault{}}},
};

class Stories : public testing::TestWithParam<Story> {};

TEST_P(Stories, EndAsTheTableSays) {
    DoorState state;
    std::vector<DoorAction> actions;
    for (const auto& timed : GetParam().events) {
        auto next = step(state, timed.event, timed.at);
        state = next.state;
        actions.insert(actions.end(), next.actions.begin(), next.actions.end());
    }
    EXPECT_EQ(phase_of(state), GetParam().ends);
    EXPECT_EQ(actions, GetParam().actions);
}

INSTANTIATE_TEST_SUITE_P(Door, Stories, testing::ValuesIn(kStories),
                         [](const auto& one) { return one.param.name; });

DoorEvent any_event(int kind, std::uint64_t grant) {
    const std::vector<DoorEvent> events{
        on::LockReady{}, on::LockLost{},          on::LockDoubt{},         on::LockStuckOff{},
        kFive,           on::PulseDone{grant},    on::PulseRefused{grant}, on::PulseUnknown{grant},
        on::Released{},  on::Availability{false}, on::Availability{true},  on::Tick{}};
    return events.at(static_cast<std::size_t>(kind));
}

/// What a person who watches the events knows, without any of the machine's own logic.
struct Witness {
    bool usable = false;
    bool doubtful = false;
    bool enabled = true;

    void see(const DoorEvent& event) {
        if (std::holds_alternative<on::LockReady>(event)) {
            usable = true;
            doubtful = false;
        } else if (std::holds_alternative<on::LockLost>(event)) {
            usable = false;
        } else if (std::holds_alternative<on::LockDoubt>(event)) {
            doubtful = true;
        } else if (std::holds_alternative<on::Released>(event)) {
            doubtful = false;
        } else if (const auto* availability = std::get_if<on::Availability>(&event)) {
            enabled = availability->enabled;
        }
    }
};

RC_GTEST_PROP(RandomEvents, PulseOnlyForAGrantOfAReadyDoorAndNeverStayOpen, ()) {
    const auto length = *rc::gen::inRange(1, 200);
    DoorState state;
    Witness witness;
    BootTime now{0};
    for (int i = 0; i < length; ++i) {
        now += milliseconds{*rc::gen::inRange(0, 4000)};
        const auto grant = static_cast<std::uint64_t>(*rc::gen::inRange(0, 4)) + state.grant;
        const auto event = any_event(*rc::gen::inRange(0, 12), grant > 1 ? grant - 2 : 0);
        const auto next = step(state, event, now);
        for (const auto& action : next.actions) {
            if (std::holds_alternative<act::Pulse>(action)) {
                RC_ASSERT(std::holds_alternative<on::Grant>(event));
                RC_ASSERT(witness.usable && !witness.doubtful && witness.enabled);
            }
        }
        witness.see(event);
        state = next.state;
        RC_ASSERT(!may_be_energised(state, now) || (witness.usable && witness.enabled));
    }
    const auto rest = step(state, on::Tick{}, now + seconds{60}).state;
    RC_ASSERT(!may_be_energised(rest, now + seconds{60}));
    RC_ASSERT(phase_of(rest) != DoorPhase::granted);
    // Whatever happened, a lock that is read back at a door in use opens for the next grant.
    auto again = step(rest, on::LockReady{}, now + seconds{61}).state;
    again = step(again, on::Availability{true}, now + seconds{61}).state;
    RC_ASSERT(step(again, kFive, now + seconds{62}).actions.size() == 1U);
}

}  // namespace
}  // namespace creneau::door
