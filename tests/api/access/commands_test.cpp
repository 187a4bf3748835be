#include "api/access/agents/take_sync.hpp"
#include "api/access/commands/command_rules.hpp"
#include "api/access/commands/command_store.hpp"
#include "api/access/commands/order_command.hpp"
#include "api/people/people_store.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/store/column.hpp"
#include "tests/api/access/doors_town.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {
namespace {

using people::OrganisationRefusal;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string kNonce(32, 'a');

/// Agents 1 and 2 have just come.
class DoorCommands : public DoorsTown {
  protected:
    DoorCommands() {
        session.execute("UPDATE door_agents SET public_key = 'k' || id, confirmed_at = 1");
        come();
    }
    void come() {
        session.execute("UPDATE door_agents SET seen_at = " +
                        std::to_string(store::unix_seconds(now_)));
    }
    people::Organised<DoorCommand> order(PersonId actor = kSacha, DoorId door = kEntrance,
                                         const CommandWish& wish = {"visitor", {}}) {
        return order_command(session, {by(actor), door, wish});
    }
    /// The codes of what is wrong.
    std::string faults(const CommandWish& wish = {"visitor", {}}) {
        std::string codes;
        const auto ordered = order(kSacha, kEntrance, wish);
        for (const auto& fault :
             ordered ? std::vector<people::FieldFault>() : ordered.error().faults) {
            codes += (codes.empty() ? "" : " ") + fault.code;
        }
        return codes;
    }
    bool take(CommandId id, AgentId agent = kAgent, TownId town = TownId{1}) {
        return mark_taken(session, town, agent, {id, "boot-1", kNonce}, now_);
    }
    std::size_t offered(const std::string& agent = "danton") {
        return select_offered(session, TownId{1}, agent, now_).size();
    }
};
CRENEAU_ON_BOTH_ENGINES(DoorCommands);

TEST_P(DoorCommands, AreOfferedToTheAgentOfTheirDoorAndTakenOnce) {
    const auto ordered = order().value();
    EXPECT_EQ(state_of(ordered, now_), CommandState::offered);
    EXPECT_EQ(offered(), 1U);
    EXPECT_EQ(offered("maison"), 0U);
    EXPECT_FALSE(take(ordered.id, kOtherAgent)) << "another agent";
    EXPECT_FALSE(take(ordered.id, kAgent, TownId{2})) << "another town";
    EXPECT_FALSE(take(CommandId{99}));
    EXPECT_TRUE(take(ordered.id));
    EXPECT_FALSE(take(ordered.id)) << "twice";
    EXPECT_EQ(offered(), 0U);
    const auto person = people::find_person(session, kTown, kSacha).value();
    const auto shown = show_command(session, kTown, person, ordered.id).value();
    EXPECT_EQ(state_of(shown, now_), CommandState::taken);
    EXPECT_EQ(text("SELECT boot FROM door_commands"), "boot-1");
}

TEST_P(DoorCommands, LapseAfterHalfAMinute) {
    const auto ordered = order().value();
    now_ += seconds{29};
    EXPECT_EQ(offered(), 1U);
    now_ += seconds{1};
    EXPECT_EQ(offered(), 0U);
    EXPECT_FALSE(take(ordered.id));
    EXPECT_EQ(state_of(ordered, now_), CommandState::lapsed);
    come();
    EXPECT_TRUE(take(order().value().id)) << "a new one";
}

TEST_P(DoorCommands, AreNotTakenOnceTheirDoorIsLockedDownOrDisabled) {
    const auto ordered = order().value();
    const auto is_closed_by = [&](const std::string& closing, const std::string& opening) {
        session.execute(closing);
        const bool closed = offered() == 0 && !take(ordered.id);
        session.execute(opening);
        return closed && offered() == 1;
    };
    EXPECT_TRUE(
        is_closed_by("INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
                     " VALUES (1, 1, 'threat', 1, 8)",
                     "UPDATE lockdowns SET ended_at = 2, ended_by_id = 8"));
    EXPECT_TRUE(is_closed_by("UPDATE doors SET disabled_at = 1 WHERE id = 2",
                             "UPDATE doors SET disabled_at = NULL WHERE id = 2"));
    EXPECT_TRUE(is_closed_by("UPDATE doors SET enabled = 0 WHERE id = 2",
                             "UPDATE doors SET enabled = 1 WHERE id = 2"));
    session.execute("UPDATE doors SET disabled_at = 1 WHERE id = 1");
    EXPECT_TRUE(take(ordered.id)) << "another door is its own affair";
}

TEST_P(DoorCommands, AreOfAccessAdministratorsAndTheOfficeOfThePlace) {
    for (const auto person : {kElsewhere, kNoa, kDana, kHr, kAmelie, kElsewhereTown}) {
        EXPECT_EQ(order(person).error().refusal, OrganisationRefusal::not_allowed);
    }
    EXPECT_EQ(order(kSacha, DoorId{9}).error().refusal, OrganisationRefusal::unknown)
        << "another town's";
    for (const auto person : {kSacha, kOffice, kThere}) {
        const auto ordered = order(person);
        ASSERT_TRUE(ordered);
        const auto elsewhere = people::find_person(session, kTown, kElsewhere).value();
        EXPECT_EQ(show_command(session, kTown, elsewhere, ordered->id).error().refusal,
                  OrganisationRefusal::not_allowed);
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE log = 'security' AND subject_id = 2"
                     " AND action = 'door_open_ordered' AND ground = 'visitor'"),
              3);
}

TEST_P(DoorCommands, AreRefusedWithEverythingThatIsInTheWay) {
    now_ += seconds{46};
    session.execute("UPDATE doors SET enabled = 0 WHERE id = 2");
    EXPECT_EQ(faults({"because", now_}),
              "unknown_ground out_of_range door_out_of_service agent_offline");
    session.execute("UPDATE doors SET enabled = 1 WHERE id = 2");
    EXPECT_EQ(faults(), "agent_offline");
    come();
    session.execute(
        "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
        " VALUES (1, 1, 'drill', 1, 8)");
    EXPECT_EQ(faults(), "door_out_of_service");
    session.execute("UPDATE lockdowns SET ended_at = 2, ended_by_id = 8");
    session.execute("UPDATE doors SET agent_id = NULL WHERE id = 2");
    EXPECT_EQ(faults(), "agent_offline");
    session.execute("UPDATE doors SET agent_id = 1 WHERE id = 2");
    EXPECT_EQ(number("SELECT COUNT(*) FROM door_commands"), 0);
    EXPECT_EQ(faults(), "");
}

TEST_P(DoorCommands, OfFreeAccessEndWithinTwelveHours) {
    EXPECT_EQ(faults({"visitor", now_}), "out_of_range");
    EXPECT_EQ(faults({"visitor", now_ + hours{12} + seconds{1}}), "out_of_range");
    const auto ordered = order(kSacha, kEntrance, {"visitor", now_ + hours{12}}).value();
    EXPECT_EQ(select_command(session, TownId{1}, ordered.id)->end, now_ + hours{12});
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'free_access_ordered'"), 1);
}

TEST_P(DoorCommands, AreTenInTenMinutesForAPersonAndNoMore) {
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(order());
    }
    EXPECT_EQ(faults(), "too_many_commands");
    EXPECT_TRUE(order(kOffice)) << "somebody else";
    now_ += minutes{10};
    come();
    EXPECT_EQ(faults(), "");
}

TEST_P(DoorCommands, AreTakenWithTheRequestThatAsksForThem) {
    const auto ordered = order().value();
    TakeSync sync;
    sync.town = TownId{1};
    sync.agent = {kAgent, "danton", "k1", 1};
    sync.status.clock = "trusted";
    sync.now = now_;
    EXPECT_FALSE(take_sync(session, sync).value().has_command) << "it did not ask";
    sync.agent.counter = 2;
    sync.command = CommandQuestion{ordered.id, "boot-1", kNonce};
    EXPECT_TRUE(take_sync(session, sync).value().has_command);
    EXPECT_EQ(take_sync(session, sync).error(), SyncFault::replayed);
    sync.agent.counter = 3;
    EXPECT_FALSE(take_sync(session, sync).value().has_command) << "asked for before";
}

TEST_P(DoorCommands, GoWithTheAccessLog) {
    ASSERT_TRUE(order());
    const privacy::DueRows late{"access_events", now_ + hours{1}, 2};
    EXPECT_EQ(privacy::purge_rows(session, kTown, late,
                                  privacy::select_due_rows(session, kTown, late, 200)),
              1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM door_commands"), 0);
}

}  // namespace
}  // namespace creneau::access
