#include "api/access/alarms/alarm_store.hpp"
#include "api/access/alarms/watch_alarms.hpp"
#include "api/access/doors/door_phase_store.hpp"
#include "api/access/events/take_events.hpp"
#include "api/mail/alarm_facts.hpp"
#include "api/people/people_store.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/store/column.hpp"
#include "tests/api/access/doors_town.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Agent 1 comes in, with doors 1 and 2; a service is told of all alarms of the town.
class Alarms : public DoorsTown {
  protected:
    Alarms() {
        session.execute(
            "UPDATE door_agents SET public_key = 'k', confirmed_at = 1, clock = 'trusted',"
            " policy_age = 0, journal_capacity = 1000 WHERE id IN (1, 9)");
        seen();
        session.execute("UPDATE door_agents SET seen_at = 4000000000 WHERE id = 9");
        subscribe("Astreinte", "astreinte@example.org");
    }
    /// Agent 1 came just now.
    void seen() {
        session.execute("UPDATE door_agents SET seen_at = " +
                        std::to_string(store::unix_seconds(now_)) + " WHERE id = 1");
    }
    void said(const std::string& what) {
        session.execute("UPDATE door_agents SET " + what + " WHERE id = 1");
    }
    void subscribe(const std::string& service, const std::string& email,
                   const std::string& site = "NULL", const std::string& room = "NULL") {
        session.execute(
            "INSERT INTO subscriptions (town_id, service, email, locale, rhythm, site_id, room_id,"
            " holders, alarms, created_by_id, created_at, told_until) VALUES (1, '" +
            service + "', '" + email + "', 'fr', 'at_once', " + site + ", " + room +
            ", 'all', 1, 8, 1, 0)");
    }
    void phase(const std::string& word) {
        note_phases(session, TownId{1}, kAgent, {{"entrance", word}}, now_);
    }
    int look() { return follow_states(session, TownId{1}, {now_ - hours{1}, now_}); }
    /// Looks again when the agent has come once more, some time later.
    int look_after(seconds time) {
        now_ += time;
        seen();
        return look();
    }

    JournalEvent row(const std::string& kind, const std::string& reason, seconds ago = {}) {
        JournalEvent event;
        event.sequence = ++sequence_;
        event.kind = kind;
        event.reason = reason;
        event.occurred_at = now_ - ago;
        event.clock = "trusted";
        event.door = "entrance";
        return event;
    }
    void take(const std::vector<JournalEvent>& events) {
        const EventBatch batch{std::string(32, 'a'), "", events};
        ASSERT_TRUE(take_events(session, TownId{1}, kAgent, batch, now_));
    }

    /// "forced+ held_open": kinds, those that go on with a plus, oldest first.
    std::string alarms() {
        std::string words;
        const auto found = select_alarms(session, TownId{1}, {});
        for (auto one = found.rbegin(); one != found.rend(); ++one) {
            words += words.empty() ? "" : " ";
            words += word_of(one->alarm.subject.kind);
            words += one->alarm.ended_at ? "" : "+";
        }
        return words;
    }
    std::vector<mail::AlarmFacts> mails() {
        std::vector<std::string> facts(100);
        session.sql() << "SELECT facts FROM outbox WHERE template = 'door_alarm' ORDER BY id",
            soci::into(facts);
        std::vector<mail::AlarmFacts> found;
        for (const auto& one : facts) {
            found.push_back(mail::parse_alarms(one).value());
        }
        return found;
    }

    std::int64_t sequence_ = 0;
};
CRENEAU_ON_BOTH_ENGINES(Alarms);

TEST_P(Alarms, AreSilentWhereAllIsWell) {
    phase("locked");
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(alarms(), "");
    phase("forced");
    EXPECT_EQ(look(), 1) << "and would speak";
}

TEST_P(Alarms, BeginAndEndOnceByWhatAJournalTells) {
    take({row("door_alarm", "forced")});
    EXPECT_EQ(alarms(), "forced+");
    ASSERT_EQ(mails().size(), 1U);
    EXPECT_EQ(mails()[0].items[0].door, "Entrée");
    EXPECT_EQ(mails()[0].items[0].site, "LCR Danton");
    EXPECT_EQ(mails()[0].items[0].local_ended, "");
    EXPECT_EQ(mails()[0].helps[0].contact, "06");
    --sequence_;
    take({row("door_alarm", "forced")});
    take({row("door_alarm", "forced")});
    EXPECT_EQ(mails().size(), 1U) << "raised once, however often it is told";
    phase("forced");
    EXPECT_EQ(look_after(seconds{30}), 0);
    take({row("door_alarm_over", "forced_over")});
    EXPECT_EQ(alarms(), "forced");
    ASSERT_EQ(mails().size(), 2U);
    EXPECT_EQ(mails()[1].items[0].local_ended.size(), 16U);
    take({row("door_alarm_over", "forced_over")});
    EXPECT_EQ(mails().size(), 2U);
    take({row("door_alarm", "forced")});
    EXPECT_EQ(alarms(), "forced forced+") << "another one";
}

TEST_P(Alarms, ThatBeganAndEndedBeforeTheTownHeardAreOneMail) {
    take({row("door_alarm", "held_open", minutes{20}),
          row("door_alarm_over", "held_over", minutes{10})});
    EXPECT_EQ(alarms(), "held_open");
    ASSERT_EQ(mails().size(), 1U);
    EXPECT_NE(mails()[0].items[0].local_ended, "");
    EXPECT_EQ(number("SELECT ended_at - begun_at FROM alarms"), 600);
}

TEST_P(Alarms, OfWeeksAgoStandInTheListAndInNoMail) {
    take({row("door_alarm", "forced", hours{900}),
          row("door_alarm_over", "forced_over", hours{899})});
    EXPECT_EQ(alarms(), "forced");
    EXPECT_TRUE(mails().empty());
    take({row("door_alarm", "forced", hours{900})});
    EXPECT_EQ(alarms(), "forced forced+");
    EXPECT_EQ(mails().size(), 1U) << "it goes on";
}

TEST_P(Alarms, AreNotTakenBackByAPhaseSeenAMomentBefore) {
    phase("locked");
    take({row("door_alarm", "forced")});
    EXPECT_EQ(look(), 0) << "the phase came along with the row";
    EXPECT_EQ(alarms(), "forced+");
    phase("forced");
    take({row("door_alarm_over", "forced_over")});
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(alarms(), "forced");
    EXPECT_EQ(mails().size(), 2U);
    now_ += minutes{1};
    EXPECT_EQ(look(), 1) << "the agent is silent";
    EXPECT_EQ(alarms(), "forced agent_offline+") << "what it said last is no newer for that";
}

TEST_P(Alarms, ThatNoRowToldFollowThePhase) {
    phase("forced");
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(alarms(), "forced+");
    EXPECT_EQ(look(), 0);
    phase("fault");
    EXPECT_EQ(look_after(seconds{10}), 0) << "nobody knows";
    phase("locked");
    EXPECT_EQ(look_after(seconds{10}), 1);
    EXPECT_EQ(alarms(), "forced");
    phase("held_open");
    EXPECT_EQ(look_after(seconds{10}), 1);
    EXPECT_EQ(alarms(), "forced held_open+");
}

TEST_P(Alarms, AreNotEndedByTheEndOfAnEarlierOne) {
    phase("forced");
    ASSERT_EQ(look(), 1);
    take({row("door_alarm", "forced", hours{9}), row("door_alarm_over", "forced_over", hours{8})});
    EXPECT_EQ(alarms(), "forced+");
    take({row("door_alarm_over", "forced_over")});
    EXPECT_EQ(alarms(), "forced");
}

TEST_P(Alarms, TellOfAForeignWriteUntilTheLockIsRestored) {
    take({row("lock_fault", "foreign_write")});
    EXPECT_EQ(alarms(), "foreign_write+");
    phase("fault");
    EXPECT_EQ(look_after(minutes{5}), 0);
    take({row("lock_restored", "released")});
    EXPECT_EQ(alarms(), "foreign_write");
    take({row("lock_fault", "bus_lost")});
    EXPECT_EQ(alarms(), "foreign_write");
}

TEST_P(Alarms, TellOfAnAgentThatIsSilentAndOfItsReturn) {
    now_ += seconds{45};
    EXPECT_EQ(look(), 0);
    now_ += seconds{1};
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(alarms(), "agent_offline+");
    EXPECT_EQ(mails()[0].items[0].agent, "danton");
    EXPECT_EQ(mails()[0].items[0].door, "");
    now_ += minutes{10};
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(look_after(seconds{1}), 1);
    EXPECT_EQ(alarms(), "agent_offline");
    EXPECT_EQ(mails().size(), 2U);
}

TEST_P(Alarms, OfAClockThatWasAheadEndWhenItIsPutRight) {
    const auto right = now_;
    now_ += hours{24};
    ASSERT_GT(look(), 0);
    now_ = right;
    look();
    EXPECT_EQ(number("SELECT COUNT(*) FROM alarms WHERE ended_at IS NULL"), 0);
    now_ += seconds{46};
    EXPECT_EQ(look(), 1) << "silent indeed";
}

TEST_P(Alarms, TellOfPolicyClockAndJournalTogether) {
    said("clock = 'untrusted', policy_age = 3601, journal_unsent = 801");
    EXPECT_EQ(look(), 3);
    EXPECT_EQ(alarms(), "policy_stale+ clock_untrusted+ journal_filling+");
    ASSERT_EQ(mails().size(), 1U) << "one mail about all";
    EXPECT_EQ(mails()[0].items.size(), 3U);
    said("clock = 'trusted', policy_age = 1, journal_unsent = 3");
    EXPECT_EQ(look_after(seconds{10}), 3);
    EXPECT_EQ(alarms(), "policy_stale clock_untrusted journal_filling");
}

TEST_P(Alarms, OfAnAgentThatIsRevokedEnd) {
    take({row("door_alarm", "forced")});
    now_ += minutes{5};
    ASSERT_EQ(look(), 1);
    ASSERT_EQ(alarms(), "forced+ agent_offline+");
    said("public_key = NULL, revoked_at = 5");
    EXPECT_EQ(look(), 2);
    EXPECT_EQ(alarms(), "forced agent_offline");
}

TEST_P(Alarms, AreToldToWhoSubscribedToThatPlace) {
    session.execute(
        "INSERT INTO zones (id, town_id, key, name, scope) VALUES (1, 1, 'z', 'Danton', 77)");
    session.execute("INSERT INTO zone_doors (town_id, zone_id, door_id) VALUES (1, 1, 2)");
    session.execute("UPDATE rooms SET access_zone_id = 1 WHERE id = 1");
    subscribe("Site", "site@example.org", "1");
    subscribe("Ailleurs", "ailleurs@example.org", "2");
    subscribe("Salle", "salle@example.org", "NULL", "1");
    subscribe("Double", "Astreinte@example.org", "1");
    session.execute(
        "INSERT INTO subscriptions (town_id, service, email, locale, rhythm, holders,"
        " created_by_id, created_at, told_until) VALUES (1, 'Chauffage', 'c@example.org',"
        " 'fr', 'at_once', 'all', 8, 1, 0)");
    take({row("door_alarm", "forced")});
    ASSERT_EQ(mails().size(), 3U);
    EXPECT_EQ(mails()[0].subscriber, "Astreinte, Double") << "one address, one mail";
    EXPECT_EQ(mails()[0].items.size(), 1U);
    EXPECT_EQ(mails()[1].subscriber, "Salle");
    EXPECT_EQ(mails()[2].subscriber, "Site");
    auto gate = row("door_alarm", "forced");
    gate.door = "gate";
    take({gate});
    EXPECT_EQ(mails().size(), 5U) << "the room is not behind that door";
    session.execute("UPDATE subscriptions SET ended_at = 5");
    take({row("door_alarm_over", "forced_over")});
    EXPECT_EQ(mails().size(), 5U);
}

TEST_P(Alarms, AreListedForWhoSeesDoors) {
    take({row("door_alarm", "forced"), row("door_alarm", "held_open"),
          row("door_alarm_over", "held_over")});
    const auto listed = [this](PersonId reader, const AlarmQuery& query,
                               people::TownId town = kTown) {
        return list_alarms(session, town, people::find_person(session, town, reader).value(),
                           query);
    };
    for (const auto person : {kHr, kNoa, kDana, kThere, kAmelie}) {
        EXPECT_FALSE(listed(person, {}));
    }
    EXPECT_EQ(listed(kOffice, {}).value().size(), 2U);
    EXPECT_TRUE(listed(kElsewhereTown, {}, kOtherTown).value().empty());
    AlarmQuery query;
    query.limit = 1;
    const auto first = listed(kSacha, query).value();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].alarm.subject.kind, AlarmKind::held_open);
    EXPECT_EQ(first[0].site, kSite);
    query.before = first[0].alarm.id;
    EXPECT_EQ(listed(kSacha, query).value()[0].alarm.subject.kind, AlarmKind::forced);
    query = {};
    query.going_on = true;
    EXPECT_EQ(listed(kSacha, query).value().size(), 1U);
}

TEST_P(Alarms, OfASiteAreListedForWhoKeepsItsDoors) {
    session.execute("UPDATE doors SET agent_id = 2 WHERE id = 1");
    session.execute(
        "INSERT INTO alarms (town_id, kind, agent_id, door_id, begun_at, heard_at) VALUES"
        " (1, 'forced', 1, 2, 1, 1), (1, 'agent_offline', 2, NULL, 1, 1),"
        " (1, 'forced', 2, 1, 1, 1), (1, 'forced', 2, 3, 1, 1)");
    const auto seen_by = [this](PersonId reader) {
        std::string doors;
        const auto person = people::find_person(session, kTown, reader).value();
        const auto records = list_alarms(session, kTown, person, {}).value();
        for (const auto& record : records) {
            doors += std::to_string(store::raw_or_zero(record.alarm.subject.door));
        }
        return doors;
    };
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id) VALUES"
        " (1, 13, 'access_administrator', 'site', 1), (1, 14, 'access_administrator', 'site', 2)");
    EXPECT_EQ(seen_by(kThere), "12") << "an agent of elsewhere drives door 1";
    EXPECT_EQ(seen_by(kElsewhere), "30");
    EXPECT_EQ(seen_by(kSacha), "3102");
}

TEST_P(Alarms, ThatAreOverGoWithTheAccessLog) {
    take({row("door_alarm", "forced"), row("door_alarm", "held_open"),
          row("door_alarm_over", "held_over")});
    const privacy::DueRows late{"access_events", now_ + hours{1}, 1};
    const auto due = privacy::select_due_rows(session, kTown, late, 200);
    EXPECT_EQ(privacy::purge_rows(session, kTown, late, due), 1);
    EXPECT_EQ(alarms(), "forced+");
}

}  // namespace
}  // namespace creneau::access
