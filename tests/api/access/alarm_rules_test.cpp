#include "api/access/alarms/alarm_rules.hpp"

#include "api/access/alarms/alarm_types.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr sys_seconds kNow{seconds{1'796'000'000}};
constexpr AgentId kDanton{1};
constexpr DoorId kDoor{2};

/// Heard just now, all well.
WatchedAgent well() {
    WatchedAgent agent;
    agent.id = kDanton;
    agent.confirmed_at = kNow - hours{500};
    agent.seen_at = kNow;
    agent.clock = "trusted";
    agent.policy_age = minutes{5};
    agent.journal_capacity = 1000;
    agent.doors = {{kDoor, "locked", kNow - minutes{3}}};
    return agent;
}

AlarmSign sign(const WatchedAgent& agent, AlarmKind kind,
               sys_seconds listening_since = kNow - hours{1}) {
    const auto signs = signs_of(agent, {listening_since, kNow});
    return *std::ranges::find_if(signs,
                                 [kind](const AlarmSign& one) { return one.subject.kind == kind; });
}

Seen seen(const WatchedAgent& agent, AlarmKind kind) {
    return sign(agent, kind).seen;
}

TEST(AlarmSigns, AreOffWhereAllIsWell) {
    const auto signs = signs_of(well(), {kNow - hours{1}, kNow});
    EXPECT_EQ(signs.size(), 7U);
    for (const AlarmSign& one : signs) {
        EXPECT_EQ(one.seen, Seen::off) << word_of(one.subject.kind);
    }
}

TEST(AlarmSigns, SeeAnAgentThatIsSilentFor45Seconds) {
    auto agent = well();
    agent.seen_at = kNow - seconds{45};
    EXPECT_EQ(seen(agent, AlarmKind::agent_offline), Seen::off);
    agent.seen_at = kNow - seconds{46};
    const auto silent = sign(agent, AlarmKind::agent_offline);
    EXPECT_EQ(silent.seen, Seen::on);
    EXPECT_EQ(silent.since, agent.seen_at);
    EXPECT_EQ(sign(agent, AlarmKind::agent_offline, kNow - seconds{45}).seen, Seen::unclear)
        << "nobody listened for so long";
    EXPECT_EQ(sign(agent, AlarmKind::agent_offline, kNow - seconds{46}).seen, Seen::on);
    agent.seen_at.reset();
    EXPECT_EQ(seen(agent, AlarmKind::agent_offline), Seen::on) << "confirmed, and never came";
    agent.confirmed_at = kNow - seconds{10};
    EXPECT_EQ(seen(agent, AlarmKind::agent_offline), Seen::off);
}

TEST(AlarmSigns, CountThePolicysAgeOnWhileNobodyComes) {
    auto agent = well();
    agent.policy_age = hours{1};
    EXPECT_EQ(seen(agent, AlarmKind::policy_stale), Seen::off);
    agent.seen_at = kNow - seconds{1};
    const auto stale = sign(agent, AlarmKind::policy_stale);
    EXPECT_EQ(stale.seen, Seen::on);
    EXPECT_EQ(stale.since, kNow - seconds{1});
    agent.policy_age.reset();
    EXPECT_EQ(seen(agent, AlarmKind::policy_stale), Seen::on) << "never had any";
    agent.confirmed_at = kNow - minutes{2};
    EXPECT_EQ(seen(agent, AlarmKind::policy_stale), Seen::off) << "its first is on the way";
}

TEST(AlarmSigns, SeeClockAndJournalAsTheAgentSaidThem) {
    auto agent = well();
    agent.clock = "holdover";
    EXPECT_EQ(seen(agent, AlarmKind::clock_untrusted), Seen::off);
    agent.clock = "untrusted";
    EXPECT_EQ(seen(agent, AlarmKind::clock_untrusted), Seen::on);
    for (const auto& [unsent, expected] : std::vector<std::pair<std::int64_t, Seen>>{
             {700, Seen::off}, {701, Seen::unclear}, {800, Seen::unclear}, {801, Seen::on}}) {
        agent.journal_unsent = unsent;
        EXPECT_EQ(seen(agent, AlarmKind::journal_filling), expected) << unsent;
    }
    agent.journal_capacity = 0;
    EXPECT_EQ(seen(agent, AlarmKind::journal_filling), Seen::off) << "it did not say";
    agent.seen_at.reset();
    EXPECT_EQ(seen(agent, AlarmKind::clock_untrusted), Seen::unclear) << "of the board before";
}

TEST(AlarmSigns, KnowNothingOfADoorBehindAGraverPhase) {
    struct Row {
        std::string phase;
        Seen forced, held, foreign;
    };
    for (const Row& row : std::vector<Row>{{"forced", Seen::on, Seen::unclear, Seen::off},
                                           {"held_open", Seen::off, Seen::on, Seen::off},
                                           {"held_soon", Seen::off, Seen::off, Seen::off},
                                           {"open", Seen::off, Seen::off, Seen::off},
                                           {"lockdown", Seen::off, Seen::off, Seen::off},
                                           {"fire", Seen::unclear, Seen::unclear, Seen::off},
                                           {"fault", Seen::unclear, Seen::unclear, Seen::unclear},
                                           {"", Seen::unclear, Seen::unclear, Seen::unclear}}) {
        auto agent = well();
        agent.doors.front().phase = row.phase;
        EXPECT_EQ(seen(agent, AlarmKind::forced), row.forced) << row.phase;
        EXPECT_EQ(seen(agent, AlarmKind::held_open), row.held) << row.phase;
        EXPECT_EQ(seen(agent, AlarmKind::foreign_write), row.foreign) << row.phase;
    }
}

/// Changes of one alarm at a door.
class AlarmChangesOfADoor : public testing::Test {
  protected:
    static constexpr AlarmSubject kForced{AlarmKind::forced, kDanton, kDoor};

    static Alarm alarm(sys_seconds heard_at, std::optional<sys_seconds> ended_at = {}) {
        return {AlarmId{1}, kForced, heard_at, ended_at, heard_at};
    }
    static AlarmChanges by(Seen seen, const std::vector<Alarm>& known) {
        return changes_by(known, {{kForced, seen, kNow, kNow}});
    }
};

TEST_F(AlarmChangesOfADoor, BeginOnceAndEndOnce) {
    EXPECT_EQ(by(Seen::on, {}).to_begin.size(), 1U);
    EXPECT_TRUE(by(Seen::unclear, {}).to_begin.empty());
    EXPECT_TRUE(by(Seen::off, {}).to_begin.empty());
    const auto old = alarm(kNow - minutes{1});
    EXPECT_TRUE(by(Seen::on, {old}).to_begin.empty());
    EXPECT_TRUE(by(Seen::on, {old}).to_end.empty());
    EXPECT_TRUE(by(Seen::unclear, {old}).to_end.empty());
    EXPECT_EQ(by(Seen::off, {old}).to_end.size(), 1U);
    EXPECT_EQ(changes_by({old}, {}).to_end.size(), 1U) << "nobody says anything of it any more";
}

TEST_F(AlarmChangesOfADoor, DoNotContradictWhatAJournalHasJustTold) {
    EXPECT_TRUE(by(Seen::off, {alarm(kNow - seconds{4})}).to_end.empty());
    EXPECT_EQ(by(Seen::off, {alarm(kNow - seconds{5})}).to_end.size(), 1U);
    const auto over = [](seconds ago) { return alarm(kNow - ago, kNow - ago); };
    EXPECT_TRUE(by(Seen::on, {over(seconds{4})}).to_begin.empty());
    EXPECT_EQ(by(Seen::on, {over(seconds{5})}).to_begin.size(), 1U);
}

TEST_F(AlarmChangesOfADoor, AreNotHinderedByWhatAClockNotedThatWasAhead) {
    const auto by_now = [](Seen seen, const Alarm& known) {
        return by(seen, as_known_at({known}, kNow));
    };
    const auto ahead = kNow + hours{24 * 3650};
    EXPECT_EQ(by_now(Seen::off, alarm(ahead)).to_end.size(), 1U);
    EXPECT_EQ(by_now(Seen::on, alarm(ahead, ahead)).to_begin.size(), 1U);
    EXPECT_TRUE(by_now(Seen::off, alarm(kNow + minutes{10})).to_end.empty()) << "a slow look";
    EXPECT_TRUE(may_end(alarm(ahead), kNow, kNow));
    EXPECT_FALSE(may_end(alarm(kNow), kNow - seconds{6}, kNow)) << "of one before it";
    EXPECT_TRUE(may_end(alarm(kNow), kNow - seconds{5}, kNow));
}

TEST(AlarmNewsOfAJournal, AreFewOfItsRows) {
    const auto news = [](const std::string& kind, const std::string& reason) {
        JournalEvent event;
        event.kind = kind;
        event.reason = reason;
        const auto found = alarm_news_in(event);
        return found ? std::string(word_of(found->kind)) + (found->over ? " over" : "") : "";
    };
    EXPECT_EQ(news("door_alarm", "forced"), "forced");
    EXPECT_EQ(news("door_alarm", "held_open"), "held_open");
    EXPECT_EQ(news("door_alarm_over", "forced_over"), "forced over");
    EXPECT_EQ(news("door_alarm_over", "held_over"), "held_open over");
    EXPECT_EQ(news("lock_fault", "foreign_write"), "foreign_write");
    EXPECT_EQ(news("lock_restored", "ready"), "foreign_write over");
    for (const auto& [kind, reason] : std::vector<std::pair<std::string, std::string>>{
             {"lock_fault", "bus_lost"}, {"door_state", "held_soon"}, {"refused", "forced"}}) {
        EXPECT_EQ(news(kind, reason), "") << kind << ' ' << reason;
    }
}

TEST(Alarms, ThatWereOverLongAgoAreToldNobody) {
    Alarm alarm;
    alarm.begun_at = kNow - hours{900};
    EXPECT_TRUE(is_told(alarm, kNow));
    alarm.ended_at = kNow - hours{24};
    EXPECT_TRUE(is_told(alarm, kNow));
    alarm.ended_at = kNow - hours{25};
    EXPECT_FALSE(is_told(alarm, kNow));
}

}  // namespace
}  // namespace creneau::access
