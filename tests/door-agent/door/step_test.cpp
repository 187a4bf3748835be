#include "door-agent/door/step.hpp"

#include <gtest/gtest.h>

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
const on::Options kInService{};
const on::Options kDisabled{DoorOptions{Service::disabled, Relock::after_time, {}}};
const on::Options kLockdown{DoorOptions{Service::lockdown, Relock::after_time, {}}};
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
     {{seconds{1}, on::LockReady{}}, {seconds{2}, kFive}, {seconds{3}, kDisabled}},
     DoorPhase::disabled,
     {kFirst, act::Release{}}},
    {"a_disabled_door_grants_nothing_until_enabled",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, kDisabled},
      {seconds{3}, kFive},
      {seconds{4}, kInService}},
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

on::Inputs contact(bool open) {
    return {Levels{open, std::nullopt, std::nullopt}};
}
on::Inputs contact_and_exit(bool open, bool exit) {
    return {Levels{open, exit, std::nullopt}};
}
on::Inputs contact_and_fire(bool open, bool fire) {
    return {Levels{open, std::nullopt, fire}};
}
on::Inputs nothing_known() {
    return {};
}
on::Options limited(int limit, int warning = 0) {
    return {
        DoorOptions{Service::in_service, Relock::after_time, {seconds{limit}, seconds{warning}}}};
}
on::Options relocks(Relock when) {
    return {DoorOptions{Service::in_service, when, {}}};
}
act::Tell told(DoorNews news) {
    return {news};
}
const act::Hold kHold{kHoldLease};

const std::vector<Story> kWatched{
    {"a_granted_door_may_be_opened",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact(false)},
      {seconds{2}, kFive},
      {seconds{11}, contact(true)},
      {seconds{13}, on::Tick{}}},
     DoorPhase::open,
     {kFirst}},
    {"opened_without_a_right_is_forced_after_half_a_second",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact(false)},
      {seconds{20}, contact(true)},
      {seconds{21}, on::Tick{}}},
     DoorPhase::forced,
     {told(DoorNews::forced)}},
    {"opened_and_closed_at_once_is_forced_all_the_same",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact(false)},
      {seconds{20}, contact(true)},
      {seconds{20}, contact(false)}},
     DoorPhase::locked,
     {told(DoorNews::forced), told(DoorNews::forced_over)}},
    {"a_grant_that_is_over_gives_no_right",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact(false)},
      {seconds{2}, kFive},
      {seconds{15}, contact(true)},
      {seconds{16}, on::Tick{}}},
     DoorPhase::forced,
     {kFirst, told(DoorNews::forced)}},
    {"a_forced_door_stays_forced_until_it_closes",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact(false)},
      {seconds{20}, contact(true)},
      {seconds{21}, kFive},
      {seconds{30}, contact(false)}},
     DoorPhase::granted,
     {told(DoorNews::forced), kFirst, told(DoorNews::forced_over)}},
    {"whoever_asks_to_leave_forces_nothing",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact_and_exit(false, false)},
      {seconds{20}, contact_and_exit(false, true)},
      {seconds{21}, contact_and_exit(false, false)},
      {seconds{30}, contact_and_exit(true, false)},
      {seconds{31}, on::Tick{}}},
     DoorPhase::open,
     {}},
    {"asking_to_leave_works_in_lockdown",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, kLockdown},
      {seconds{1}, contact_and_exit(false, false)},
      {seconds{20}, contact_and_exit(true, true)},
      {seconds{29}, on::Tick{}}},
     DoorPhase::lockdown,
     {}},
    {"asking_to_leave_works_without_a_lock",
     {{seconds{1}, contact_and_exit(false, false)},
      {seconds{20}, contact_and_exit(true, true)},
      {seconds{29}, on::Tick{}}},
     DoorPhase::fault,
     {}},
    {"found_open_is_not_forced",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, contact(true)}, {seconds{3}, on::Tick{}}},
     DoorPhase::open,
     {told(DoorNews::found_open)}},
    {"opened_while_nobody_saw_it_is_found_open",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, contact(false)},
      {seconds{3}, nothing_known()},
      {seconds{90}, contact(true)},
      {seconds{91}, on::Tick{}}},
     DoorPhase::open,
     {told(DoorNews::found_open)}},
    {"a_forced_alarm_outlives_the_loss_of_its_contact",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, contact(false)},
      {seconds{3}, contact(true)},
      {seconds{4}, nothing_known()},
      {seconds{90}, contact(true)}},
     DoorPhase::forced,
     {told(DoorNews::forced)}},
    {"held_open_warns_and_then_alarms",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, limited(30, 10)},
      {seconds{1}, contact(false)},
      {seconds{2}, kFive},
      {seconds{8}, contact(true)},
      {seconds{27}, on::Tick{}},
      {seconds{28}, on::Tick{}},
      {seconds{37}, on::Tick{}},
      {seconds{38}, on::Tick{}},
      {seconds{39}, contact(false)}},
     DoorPhase::locked,
     {kFirst, told(DoorNews::held_soon), told(DoorNews::held_open), told(DoorNews::held_over)}},
    {"a_long_unlock_gives_as_much_longer_to_close",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, limited(30)},
      {seconds{1}, contact(false)},
      {seconds{2}, on::Grant{seconds{40}}},
      {seconds{8}, contact(true)},
      {seconds{71}, on::Tick{}}},
     DoorPhase::open,
     {act::Pulse{seconds{40}, 1}}},
    {"without_a_limit_a_door_may_stand_open",
     {{seconds{1}, on::LockReady{}}, {seconds{1}, contact(true)}, {seconds{9999}, on::Tick{}}},
     DoorPhase::open,
     {told(DoorNews::found_open)}},
    {"fire_ends_alarms_and_raises_none",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, limited(5)},
      {seconds{1}, contact_and_fire(false, false)},
      {seconds{20}, contact_and_fire(true, false)},
      {seconds{21}, contact_and_fire(true, true)},
      {seconds{22}, contact_and_fire(false, true)},
      {seconds{23}, contact_and_fire(true, true)},
      {seconds{99}, on::Tick{}}},
     DoorPhase::fire,
     {told(DoorNews::forced), told(DoorNews::forced_over), told(DoorNews::fire)}},
    {"a_burnt_fire_input_stays_on",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact_and_fire(false, true)},
      {seconds{2}, nothing_known()}},
     DoorPhase::fire,
     {told(DoorNews::fire)}},
    {"fire_unlocks_nothing",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact_and_fire(false, true)},
      {seconds{9}, on::Tick{}}},
     DoorPhase::fire,
     {told(DoorNews::fire)}},
    {"relocks_on_opening",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, relocks(Relock::on_opening)},
      {seconds{1}, contact(false)},
      {seconds{2}, kFive},
      {seconds{3}, contact(true)}},
     DoorPhase::open,
     {kFirst, act::Release{}}},
    {"relocks_on_closing",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, relocks(Relock::on_closing)},
      {seconds{1}, contact(false)},
      {seconds{2}, kFive},
      {seconds{3}, contact(true)},
      {seconds{4}, contact(false)}},
     DoorPhase::locked,
     {kFirst, act::Release{}}},
    {"an_opened_door_keeps_its_time_unless_told",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, contact(false)},
      {seconds{2}, kFive},
      {seconds{3}, contact(true)},
      {seconds{4}, contact(false)}},
     DoorPhase::granted,
     {kFirst}},
    {"free_access_is_a_lease_renewed_every_two_seconds_and_released_at_its_end",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, on::FreeAccess{true}},
      {seconds{3}, on::Tick{}},
      {seconds{4}, on::Tick{}},
      {seconds{5}, on::FreeAccess{false}}},
     DoorPhase::locked,
     {told(DoorNews::free_access), kHold, kHold, told(DoorNews::free_access_over), act::Release{}}},
    {"lockdown_ends_free_access",
     {{seconds{1}, on::LockReady{}}, {seconds{2}, on::FreeAccess{true}}, {seconds{3}, kLockdown}},
     DoorPhase::lockdown,
     {told(DoorNews::free_access), kHold, told(DoorNews::free_access_over), act::Release{}}},
    {"free_access_that_ends_leaves_a_grant_its_rest",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, on::FreeAccess{true}},
      {seconds{3}, kFive},
      {seconds{4}, on::FreeAccess{false}}},
     DoorPhase::granted,
     {told(DoorNews::free_access), kHold, kFirst, told(DoorNews::free_access_over), act::Release{},
      act::Pulse{milliseconds{4000}, 2}}},
    {"a_lock_that_comes_back_in_free_access_is_held_again",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, on::FreeAccess{true}},
      {seconds{3}, on::LockLost{}},
      {seconds{9}, on::LockReady{}}},
     DoorPhase::free_access,
     {told(DoorNews::free_access), kHold, told(DoorNews::free_access_over),
      told(DoorNews::free_access), kHold}},
    {"a_relay_that_does_not_hold_is_asked_again_only_later",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, on::FreeAccess{true}},
      {seconds{3}, on::LockStuckOff{}},
      {seconds{32}, on::Tick{}},
      {seconds{33}, on::Tick{}}},
     DoorPhase::free_access,
     {told(DoorNews::free_access), kHold, act::ReportFault{}, kHold}},
    {"an_open_door_is_counted_from_the_end_of_free_access",
     {{seconds{1}, on::LockReady{}},
      {seconds{1}, limited(10)},
      {seconds{1}, contact(false)},
      {seconds{2}, on::FreeAccess{true}},
      {seconds{3}, contact(true)},
      {seconds{7}, on::FreeAccess{false}},
      {seconds{16}, on::Tick{}}},
     DoorPhase::open,
     {told(DoorNews::free_access), kHold, told(DoorNews::free_access_over), act::Release{}}},
    {"lockdown_cuts_a_pulse_that_runs_though_a_later_one_was_refused",
     {{seconds{1}, on::LockReady{}},
      {seconds{2}, kFive},
      {seconds{3}, kFive},
      {seconds{3}, on::PulseRefused{2}},
      {seconds{4}, kLockdown}},
     DoorPhase::lockdown,
     {kFirst, kSecond, act::ReportFault{}, act::Release{}}},
};

INSTANTIATE_TEST_SUITE_P(Watched, Stories, testing::ValuesIn(kWatched),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace creneau::door
