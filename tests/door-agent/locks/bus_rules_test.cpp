#include "door-agent/locks/bus_rules.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr BootTime kNow{1'000'000};

/// One lock on one unit, released, read back, allowed; everything polled a moment ago.
BusState idle() {
    BusState bus;
    bus.open = true;
    LockState lock;
    lock.must_release = false;
    UnitState unit;
    unit.settings_known = true;
    unit.settings_ok = true;
    unit.has_inputs = true;
    unit.has_rules = true;
    unit.outputs_due = kNow + milliseconds(60);
    unit.inputs_due = kNow + milliseconds(70);
    unit.settings_due = kNow + milliseconds(80);
    bus.locks = {lock};
    bus.units = {unit};
    return bus;
}

Command pulse_of(BootTime granted_at) {
    Command command;
    command.granted_at = granted_at;
    command.duration = milliseconds(3000);
    return command;
}

TEST(NextStep, WaitsForTheNextPollWhenIdle) {
    const Step step = next_step(idle(), kNow);
    EXPECT_EQ(step.action, Action::wait);
    EXPECT_EQ(step.until, kNow + milliseconds(60));
}

TEST(NextStep, PollsWhatHasBeenDueForLongest) {
    BusState bus = idle();
    bus.units[0].outputs_due = kNow - milliseconds(1);
    bus.units[0].inputs_due = kNow - milliseconds(5);
    EXPECT_EQ(next_step(bus, kNow).action, Action::poll_inputs);
}

TEST(NextStep, PutsReleaseBeforePulseBeforeRenewalBeforePolling) {
    BusState bus = idle();
    bus.locks.push_back(bus.locks[0]);
    bus.locks.push_back(bus.locks[0]);
    bus.units[0].outputs_due = kNow;
    bus.locks[1].hold_until = kNow + milliseconds(9000);
    bus.locks[1].on_until = kNow + milliseconds(3000);
    bus.commands = {pulse_of(kNow)};
    bus.locks[2].must_release = true;
    EXPECT_EQ(next_step(bus, kNow).action, Action::release);
    bus.locks[2].must_release = false;
    EXPECT_EQ(next_step(bus, kNow).action, Action::energise);
    bus.commands.clear();
    EXPECT_EQ(next_step(bus, kNow).action, Action::renew);
    bus.locks[1].renew_at = kNow + milliseconds(2000);
    EXPECT_EQ(next_step(bus, kNow).action, Action::poll_outputs);
}

TEST(NextStep, SendsNoPulseBeforeReleaseSettingsAndReturn) {
    const struct {
        const char* what;
        void (*spoil)(BusState&);
        Action expected;
    } rows[] = {
        {"not released", [](BusState& bus) { bus.locks[0].must_release = true; }, Action::release},
        {"settings unread",
         [](BusState& bus) {
             bus.units[0].settings_ok = false;
             bus.units[0].settings_known = false;
         },
         Action::check_settings},
        {"board refused", [](BusState& bus) { bus.units[0].settings_ok = false; }, Action::wait},
        {"lost", [](BusState& bus) { bus.units[0].lost = true; }, Action::wait},
        {"closed", [](BusState& bus) { bus.open = false; }, Action::open},
        {"left alone", [](BusState& bus) { bus.units[0].not_before = kNow + milliseconds(9); },
         Action::wait},
    };
    for (const auto& row : rows) {
        BusState bus = idle();
        bus.commands = {pulse_of(kNow)};
        row.spoil(bus);
        EXPECT_EQ(next_step(bus, kNow).action, row.expected) << row.what;
    }
}

TEST(NextStep, GivesUpAGrantThatIsTwoSecondsOldWhateverTheBusDoes) {
    BusState bus = idle();
    bus.open = false;
    bus.open_at = kNow + milliseconds(200);
    bus.commands = {pulse_of(kNow - kGrantAge + milliseconds(1))};
    EXPECT_EQ(next_step(bus, kNow).until, kNow + milliseconds(1));
    EXPECT_EQ(next_step(bus, kNow + milliseconds(1)).action, Action::expire);
}

TEST(NextStep, LooksBeforeItRepeats) {
    BusState bus = idle();
    bus.commands = {pulse_of(kNow)};
    bus.commands[0].in_doubt = true;
    EXPECT_EQ(next_step(bus, kNow).action, Action::settle_doubt);
}

TEST(NextStep, ALostUnitDoesNotDelayTheOther) {
    BusState bus = idle();
    bus.units.push_back(bus.units[0]);
    bus.locks.push_back(bus.locks[0]);
    bus.locks[1].unit = 1;
    bus.units[0].lost = true;
    bus.units[0].not_before = kNow + milliseconds(1000);
    bus.locks[0].must_release = true;
    Command command = pulse_of(kNow);
    command.lock = 1;
    bus.commands = {command};
    EXPECT_EQ(next_step(bus, kNow).action, Action::energise);
}

TEST(Leases, SoftwareEndsOnlyWhatTheBoardDoesNot) {
    for (const Ending ending : {Ending::board_pulse, Ending::watchdog, Ending::external_timer}) {
        BusState bus = idle();
        bus.locks[0].ending = ending;
        bus.locks[0].on_until = kNow;
        end_leases(bus, kNow - milliseconds(1));
        EXPECT_FALSE(bus.locks[0].must_release);
        end_leases(bus, kNow);
        EXPECT_EQ(bus.locks[0].must_release, ending != Ending::board_pulse);
    }
}

TEST(Leases, TheEndOfASoftwareLeaseIsWaitedFor) {
    BusState bus = idle();
    bus.locks[0].ending = Ending::external_timer;
    bus.locks[0].on_until = kNow + milliseconds(10);
    EXPECT_EQ(next_step(bus, kNow).until, kNow + milliseconds(10));
}

TEST(Doubt, IsSettledByTheRelayAndTheAgeOfTheGrant) {
    const BootTime young = kNow - milliseconds(1999);
    const BootTime old = kNow - milliseconds(2000);
    EXPECT_EQ(after_doubt(RelayState::on, young, kNow), Verdict::done);
    EXPECT_EQ(after_doubt(RelayState::on, old, kNow), Verdict::done);
    EXPECT_EQ(after_doubt(RelayState::off, young, kNow), Verdict::again);
    EXPECT_EQ(after_doubt(RelayState::off, old, kNow), Verdict::refused);
    EXPECT_EQ(after_doubt(RelayState::unknown, young, kNow), Verdict::look);
    EXPECT_EQ(after_doubt(RelayState::unknown, old, kNow), Verdict::unknown);
}

TEST(Output, IsJudgedByWhatWeWrote) {
    LockState off;
    off.must_release = false;
    LockState on = off;
    on.on_until = kNow + milliseconds(1000);
    LockState seen = on;
    seen.seen_on = true;
    LockState over = on;
    over.on_until = kNow - milliseconds(301);
    LockState ending = seen;
    ending.on_until = kNow + milliseconds(200);
    LockState releasing = off;
    releasing.must_release = true;
    const struct {
        const char* what;
        LockState lock;
        bool reads_on;
        Seen expected;
    } rows[] = {
        {"off and off", off, false, Seen::as_expected},
        {"on without us", off, true, Seen::switched_on},
        {"on as told", on, true, Seen::as_expected},
        {"never came on", on, false, Seen::no_effect},
        {"went off early", seen, false, Seen::switched_off},
        {"off about its end", ending, false, Seen::ended},
        {"on past its end", over, true, Seen::overdue},
        {"off past its end", over, false, Seen::ended},
        {"on while releasing", releasing, true, Seen::as_expected},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(judge_output(row.lock, row.reads_on, kNow), row.expected) << row.what;
    }
}

TEST(Release, IsConfirmedByReadingOnly) {
    EXPECT_EQ(after_release(RelayState::off), LockResult::done);
    EXPECT_EQ(after_release(RelayState::on), LockResult::refused);
    EXPECT_EQ(after_release(RelayState::unknown), LockResult::unknown);
}

TEST(Release, ADeafBoardIsLeftToItsWatchdogAfterThreeTries) {
    LockState lock;
    UnitState unit;
    unit.watchdog = milliseconds(1000);
    lock.release_tries = 2;
    EXPECT_FALSE(release_retry(lock, unit, RelayState::on, kNow).silence);
    lock.release_tries = 3;
    const ReleaseRetry retry = release_retry(lock, unit, RelayState::on, kNow);
    EXPECT_TRUE(retry.silence);
    EXPECT_GT(retry.at, kNow + unit.watchdog);
    unit.watchdog = milliseconds(0);
    EXPECT_FALSE(release_retry(lock, unit, RelayState::on, kNow).silence);
}

TEST(Hold, IsRenewedEveryTwoSecondsUntilThePulseCoversTheRest) {
    LockState lock;
    lock.hold_until = kNow + milliseconds(9000);
    lock.on_until = kNow + kHoldPulse;
    lock.renew_at = kNow + kHoldRenewal;
    EXPECT_FALSE(renewal_due(lock, kNow));
    EXPECT_TRUE(renewal_due(lock, kNow + kHoldRenewal));
    EXPECT_EQ(hold_pulse(*lock.hold_until, kNow), kHoldPulse);
    EXPECT_EQ(hold_pulse(*lock.hold_until, kNow + milliseconds(6000)), milliseconds(3000));
    lock.on_until = lock.hold_until;
    EXPECT_FALSE(renewal_due(lock, kNow + kHoldRenewal));
}

TEST(Loss, NeedsTwoFailuresAndBacksOff) {
    EXPECT_FALSE(counts_as_lost(1));
    EXPECT_TRUE(counts_as_lost(2));
    EXPECT_EQ(back_off(1), milliseconds(0));
    EXPECT_EQ(back_off(2), milliseconds(200));
    EXPECT_EQ(back_off(50), milliseconds(1000));
}

TEST(NextStep, TakesTheSecondLookAtAChangedInputBeforeOtherPolls) {
    BusState bus = idle();
    bus.units.push_back(bus.units[0]);
    bus.units[0].outputs_due = kNow - milliseconds(90);
    bus.units[1].inputs_unsettled = true;
    bus.units[1].inputs_due = kNow + milliseconds(1);
    EXPECT_EQ(next_step(bus, kNow).action, Action::poll_outputs) << "not before its time";
    const Step look = next_step(bus, kNow + milliseconds(1));
    EXPECT_EQ(look.action, Action::poll_inputs);
    EXPECT_EQ(look.index, 1U);
    bus.units[1].lost = true;
    EXPECT_EQ(next_step(bus, kNow + milliseconds(1)).action, Action::poll_outputs);
}

}  // namespace
}  // namespace creneau::door
