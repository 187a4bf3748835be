#include "api/access/door_state_store.hpp"
#include "api/access/doors/keep_doors.hpp"
#include "api/access/doors/lock_down.hpp"
#include "api/people/four_eyes/four_eyes.hpp"
#include "api/people/people_store.hpp"
#include "api/store/column.hpp"
#include "tests/api/access/doors_town.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace creneau::access {
namespace {

using people::FourEyesFault;
using people::OrganisationRefusal;
using people::PersonId;
using States = std::map<std::int64_t, DoorState>;

class Lockdowns : public DoorsTown {
  protected:
    people::Organised<Lockdown> begin(PersonId actor = kOffice, SiteId site = kSite,
                                      const std::string& ground = "threat") {
        const BeginLockdown order{by(actor), site, ground};
        return begin_lockdown(session, order);
    }
    tl::expected<people::Confirmation, FourEyesFault> ask(PersonId actor, LockdownId lockdown) {
        const people::AskConfirmation order{kTown, actor, people::ConfirmedKind::lockdown_end,
                                            store::raw(lockdown), now_};
        return people::ask_confirmation(session, order);
    }
    std::optional<FourEyesFault> confirm(people::ConfirmationId id, PersonId actor) {
        const people::ConfirmRequest order{kTown, actor, id, now_};
        const auto done = people::confirm_request(session, order);
        return done ? std::nullopt : std::optional(done.error());
    }
    std::optional<FourEyesFault> end(PersonId actor, people::ConfirmationId id,
                                     SiteId site = kSite) {
        const EndLockdown order{by(actor), site, id};
        const auto done = end_lockdown(session, order);
        return done ? std::nullopt : std::optional(done.error());
    }
    people::Organised<DoorRecord> disable(PersonId actor = kSacha, DoorId door = kEntrance,
                                          const std::string& ground = "broken") {
        const DisableDoor order{by(actor), door, ground};
        return disable_door(session, order);
    }
    people::Organised<DoorRecord> enable(PersonId actor = kSacha) {
        const EnableDoor order{by(actor), kEntrance};
        return enable_door(session, order);
    }
    States states(std::int64_t agent = 1) { return select_door_states(session, TownId{1}, agent); }
    std::int64_t lines(const std::string& action) {
        return number("SELECT COUNT(*) FROM audit WHERE log = 'security' AND action = '" + action +
                      "'");
    }
    std::int64_t told(PersonId person) {
        return number(
            "SELECT COUNT(*) FROM outbox WHERE template = 'site_lockdown' AND person_id = " +
            std::to_string(store::raw(person)));
    }
};
CRENEAU_ON_BOTH_ENGINES(Lockdowns);

TEST_P(Lockdowns, BeginByOnePersonAndEndByTwo) {
    const auto begun = begin().value();
    EXPECT_EQ(states(), (States{{1, DoorState::lockdown}, {2, DoorState::lockdown}}));
    EXPECT_EQ(end(kOffice, people::ConfirmationId{99}), FourEyesFault::unknown);
    const auto asked = ask(kOffice, begun.id).value();
    EXPECT_EQ(end(kOffice, asked.id), FourEyesFault::not_confirmed);
    EXPECT_EQ(confirm(asked.id, kOffice), FourEyesFault::own_request);
    EXPECT_EQ(confirm(asked.id, kSacha), std::nullopt);
    EXPECT_EQ(end(kSacha, asked.id), FourEyesFault::unknown) << "who asked ends it";
    EXPECT_EQ(states().size(), 2U);
    EXPECT_EQ(end(kOffice, asked.id), std::nullopt);
    EXPECT_TRUE(states().empty());
    for (const auto* const action : {"lockdown_begun", "confirmation_used", "lockdown_ended"}) {
        EXPECT_EQ(lines(action), 1) << action;
    }
}

TEST_P(Lockdowns, StayAsTheyBegan) {
    const auto begun = begin(kThere, kSite, "intrusion").value();
    now_ += std::chrono::minutes{5};
    const auto again = begin(kSacha, kSite, "drill").value();
    EXPECT_EQ(again.id, begun.id);
    EXPECT_EQ(again.ground, "intrusion");
    EXPECT_EQ(again.begun_at, kNow);
    EXPECT_EQ(lines("lockdown_begun"), 1);
    EXPECT_EQ(told(kSacha), 1);
}

TEST_P(Lockdowns, AreNotEndedByWhatWasConfirmedOfAnEarlierOne) {
    const auto first = begin().value();
    const auto used = ask(kOffice, first.id).value();
    const auto spare = ask(kThere, first.id).value();
    ASSERT_EQ(confirm(used.id, kSacha), std::nullopt);
    ASSERT_EQ(confirm(spare.id, kSacha), std::nullopt);
    ASSERT_EQ(end(kOffice, used.id), std::nullopt);
    const auto second = begin().value();
    EXPECT_EQ(end(kOffice, used.id), FourEyesFault::unknown);
    EXPECT_EQ(end(kThere, spare.id), FourEyesFault::unknown);
    EXPECT_EQ(states().size(), 2U);
    EXPECT_EQ(ask(kOffice, first.id).error(), FourEyesFault::unknown_subject) << "it is over";
    const auto asked = ask(kThere, second.id).value();
    ASSERT_EQ(confirm(asked.id, kOffice), std::nullopt);
    EXPECT_EQ(end(kThere, asked.id), std::nullopt);
}

TEST_P(Lockdowns, AreOfTheSitesOffice) {
    for (const auto person : {kElsewhere, kNoa, kAmelie, kElsewhereTown, PersonId{99}}) {
        EXPECT_EQ(begin(person).error().refusal, OrganisationRefusal::not_allowed);
    }
    EXPECT_EQ(begin(kOffice, SiteId{9}).error().refusal, OrganisationRefusal::unknown);
    EXPECT_EQ(begin(kOffice, kSite, "weather").error().faults.front().code, "unknown_ground");
    const auto begun = begin(kThere).value();
    EXPECT_EQ(ask(kElsewhere, begun.id).error(), FourEyesFault::not_allowed);
    EXPECT_EQ(ask(kNoa, begun.id).error(), FourEyesFault::not_allowed);
    const auto asked = ask(kThere, begun.id).value();
    for (const auto person : {kElsewhere, kNoa, kAmelie}) {
        EXPECT_EQ(confirm(asked.id, person), FourEyesFault::not_allowed);
    }
    ASSERT_EQ(confirm(asked.id, kOffice), std::nullopt);
    EXPECT_EQ(end(kElsewhere, asked.id), FourEyesFault::not_allowed);
    EXPECT_EQ(end(kThere, asked.id, kOtherSite), FourEyesFault::not_allowed);
    EXPECT_EQ(end(kThere, asked.id), std::nullopt);
}

TEST_P(Lockdowns, AreToldToAccessAdministratorsAndTheOffice) {
    session.execute("UPDATE people SET active_until = 1 WHERE id = 12");
    const auto begun = begin().value();
    EXPECT_EQ(told(kOffice), 1);
    EXPECT_EQ(told(kThere), 1);
    EXPECT_EQ(told(kSacha), 0) << "departed";
    EXPECT_EQ(told(kElsewhere), 0);
    EXPECT_EQ(told(kNoa), 0);
    const auto facts = text("SELECT facts FROM outbox WHERE person_id = 8");
    EXPECT_NE(facts.find("\"local_at\":\"2026-11-30T01:53\""), std::string::npos) << facts;
    EXPECT_NE(facts.find(text("SELECT help_contact FROM sites WHERE id = 1")), std::string::npos);
    EXPECT_EQ(facts.find("Bruno"), std::string::npos) << "a mail names nobody";
    session.execute("UPDATE people SET active_until = NULL WHERE id = 12");
    const auto asked = ask(kOffice, begun.id).value();
    ASSERT_EQ(confirm(asked.id, kThere), std::nullopt);
    ASSERT_EQ(end(kOffice, asked.id), std::nullopt);
    EXPECT_EQ(told(kOffice), 2);
    EXPECT_EQ(told(kSacha), 1);
}

TEST_P(Lockdowns, CloseTheDoorsOfTheirSiteOnly) {
    ASSERT_TRUE(begin(kOffice, kOtherSite));
    EXPECT_TRUE(states().empty());
    EXPECT_EQ(states(2), (States{{3, DoorState::lockdown}}));
    EXPECT_TRUE(select_door_states(session, TownId{2}, 9).empty());
    EXPECT_TRUE(select_door_states(session, TownId{2}, 2).empty()) << "another town's agent";
}

TEST_P(Lockdowns, LeaveADisabledDoorDisabled) {
    ASSERT_TRUE(begin());
    EXPECT_EQ(disable().value().state, DoorState::disabled);
    EXPECT_EQ(states(), (States{{1, DoorState::lockdown}, {2, DoorState::disabled}}));
    EXPECT_EQ(enable().value().state, DoorState::lockdown);
}

TEST_P(Lockdowns, AreShownToWhoMayLockDown) {
    const auto person = [&](PersonId id) {
        return people::find_person(session, kTown, id).value();
    };
    EXPECT_FALSE(show_lockdown(session, kTown, person(kThere), kSite).value());
    const auto begun = begin().value();
    EXPECT_EQ(show_lockdown(session, kTown, person(kThere), kSite).value().value().id, begun.id);
    EXPECT_EQ(show_lockdown(session, kTown, person(kElsewhere), kSite).error().refusal,
              OrganisationRefusal::not_allowed);
}

TEST_P(Lockdowns, AreApartFromDisabledDoors) {
    EXPECT_EQ(disable(kOffice).error().refusal, OrganisationRefusal::not_allowed);
    EXPECT_EQ(disable(kSacha, DoorId{9}).error().refusal, OrganisationRefusal::unknown);
    EXPECT_EQ(disable(kSacha, kEntrance, "ugly").error().faults.front().code, "unknown_ground");
    const auto door = disable().value();
    EXPECT_EQ(door.disabled_ground, "broken");
    EXPECT_EQ(states(), (States{{2, DoorState::disabled}}));
    EXPECT_EQ(disable(kSacha, kEntrance, "works").value().disabled_ground, "broken");
    EXPECT_EQ(lines("door_disabled"), 1);
    EXPECT_EQ(enable().value().state, DoorState::in_service);
    EXPECT_EQ(lines("door_enabled"), 1);
    EXPECT_TRUE(states().empty());
    session.execute("UPDATE doors SET enabled = 0 WHERE id = 2");
    EXPECT_EQ(enable().value().state, DoorState::disabled) << "the town's file says so";
    EXPECT_EQ(states(), (States{{2, DoorState::disabled}}));
}

}  // namespace
}  // namespace creneau::access
