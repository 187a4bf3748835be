#include "api/audit/audit_store.hpp"
#include "api/people/people_store.hpp"
#include "api/people/roles/manage_roles.hpp"
#include "api/people/roles/role_rules.hpp"
#include "tests/api/people/town_fixture.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {
namespace {

constexpr PersonId kAdministrator{10};
constexpr PersonId kBruno{8};

class Roles : public TownTest {
  protected:
    Roles() {
        session.execute(
            "INSERT INTO people (id, town_id, key, name, email, locale, enabled) VALUES"
            " (10, 1, 'dana', 'Dana Admin', 'dana@example.org', 'fr', 1);"
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 10, 'administrator');"
            "INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact,"
            " help_hours) VALUES (1, 1, 'danton', 'Danton', 'x', 'Europe/Paris', '', ''),"
            " (2, 1, 'maison', 'Maison', 'x', 'Europe/Paris', '', ''),"
            " (9, 2, 'autre', 'Autre', 'x', 'Europe/Paris', '', '');"
            "INSERT INTO rooms (id, town_id, site_id, key, name, capacity) VALUES"
            " (11, 1, 1, 'a', 'A', 9), (12, 1, 1, 'b', 'B', 9), (21, 1, 2, 'c', 'C', 9),"
            " (91, 2, 9, 'd', 'D', 9)");
    }

    GiveRole order(Role role, Scope scope = {}) {
        return {kTown, kAdministrator, kAmelie, role, scope, kNow};
    }
    RoleFaults faults(const GiveRole& wanted) {
        const auto given = give_role(session, wanted);
        return given ? RoleFaults{} : given.error();
    }
    Person amelie() { return find_person(session, kTown, kAmelie).value(); }
    std::int64_t number(const std::string& query) {
        std::int64_t value = 0;
        session.sql() << query, soci::into(value);
        return value;
    }
};
CRENEAU_ON_BOTH_ENGINES(Roles);

TEST_P(Roles, OfASiteReachItsRoomsAndNoOthers) {
    ASSERT_TRUE(give_role(session, order(Role::office, {ScopeKind::site, 1})));
    const auto person = amelie();
    EXPECT_FALSE(person.has(Role::office));
    EXPECT_TRUE(person.has_anywhere(Role::office));
    EXPECT_TRUE(person.has(Role::office, {ScopeKind::site, 1}));
    EXPECT_FALSE(person.has(Role::office, {ScopeKind::site, 2}));
    EXPECT_TRUE(person.has_over(Role::office, 11));
    EXPECT_FALSE(person.has_over(Role::office, 21));
    EXPECT_FALSE(person.has_over(Role::stage_manager, 11));
    EXPECT_EQ(person.rooms_under(Role::office), (std::vector<std::int64_t>{11, 12}));
}

TEST_P(Roles, OfARoomReachItAlone) {
    ASSERT_TRUE(give_role(session, order(Role::stage_manager, {ScopeKind::room, 12})));
    ASSERT_TRUE(give_role(session, order(Role::stage_manager, {ScopeKind::room, 21})));
    EXPECT_EQ(amelie().rooms_under(Role::stage_manager), (std::vector<std::int64_t>{12, 21}));
    EXPECT_FALSE(amelie().has(Role::stage_manager, {ScopeKind::site, 1}));
}

TEST_P(Roles, OfTheWholeTownHoldEverywhere) {
    ASSERT_TRUE(give_role(session, order(Role::office)));
    const auto person = amelie();
    EXPECT_TRUE(person.has(Role::office));
    EXPECT_TRUE(person.has(Role::office, {ScopeKind::site, 2}));
    EXPECT_TRUE(person.has_over(Role::office, 21));
}

TEST_P(Roles, LeaveAnAdministratorAlsoOnceWhoWithdrawsThemHasGone) {
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role, given_by_id) VALUES"
        " (1, 7, 'administrator', 10);"
        "UPDATE people SET active_until = 1900000000 WHERE id = 10");
    const RoleId role{
        number("SELECT id FROM person_roles WHERE person_id = 7"
               " AND role = 'administrator'")};
    const auto refused = withdraw_role(session, {kTown, kAdministrator, role, kNow});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), RoleFaults{RoleFault::last_administrator});
    session.execute("UPDATE people SET active_until = NULL WHERE id = 10");
    EXPECT_TRUE(withdraw_role(session, {kTown, kAdministrator, role, kNow}));
}

TEST_P(Roles, AreGivenByAnAdministratorToSomebodyElseOfTheTown) {
    auto wanted = order(Role::office);
    for (const auto actor : {kBruno, kAmelie, kChloe, PersonId{20}, PersonId{99}}) {
        wanted.actor = actor;
        EXPECT_EQ(faults(wanted), RoleFaults{RoleFault::not_allowed});
    }
    wanted.actor = kAdministrator;
    wanted.person = kAdministrator;
    EXPECT_EQ(faults(wanted), RoleFaults{RoleFault::own_roles});
    for (const auto person : {kChloe, PersonId{20}, PersonId{99}}) {
        wanted.person = person;
        EXPECT_EQ(faults(wanted), RoleFaults{RoleFault::unknown_person});
    }
    wanted.person = kAmelie;
    EXPECT_EQ(faults(wanted), RoleFaults{});
}

TEST_P(Roles, HoldWhereTheyCanAndOfWhatTheTownHas) {
    EXPECT_EQ(faults(order(Role::administrator, {ScopeKind::site, 1})),
              RoleFaults{RoleFault::scope_not_possible});
    EXPECT_EQ(faults(order(Role::booker, {ScopeKind::room, 11})),
              RoleFaults{RoleFault::scope_not_possible});
    for (const Scope& unknown :
         {Scope{ScopeKind::site, 9}, Scope{ScopeKind::room, 91}, Scope{ScopeKind::room, 1},
          Scope{ScopeKind::site, 0}, Scope{ScopeKind::town, 1}}) {
        EXPECT_EQ(faults(order(Role::office, unknown)), RoleFaults{RoleFault::unknown_scope})
            << name_of(unknown.kind) << unknown.id;
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM person_roles WHERE person_id = 7"), 1);
    EXPECT_EQ(faults(order(Role::office, {ScopeKind::room, 11})), RoleFaults{});
}

TEST_P(Roles, GivenTwiceAreOne) {
    const auto first = give_role(session, order(Role::office)).value();
    EXPECT_EQ(first.given_by, kAdministrator);
    EXPECT_EQ(first.given_at, kNow);
    EXPECT_EQ(give_role(session, order(Role::office)).value().id, first.id);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'role_granted'"), 1);
}

TEST_P(Roles, AreWithdrawnAtOnceAndNeverOnesOwn) {
    const auto role = give_role(session, order(Role::office)).value();
    const auto withdrawn = [&](PersonId actor, RoleId id) {
        return withdraw_role(session, {kTown, actor, id, kNow});
    };
    EXPECT_EQ(withdrawn(kBruno, role.id).error(), RoleFaults{RoleFault::not_allowed});
    EXPECT_EQ(withdrawn(kAdministrator, RoleId{999}).error(), RoleFaults{RoleFault::unknown_role});
    const auto own = select_roles(session, kTown, {kAdministrator, {}, 50, {}}).at(0);
    EXPECT_EQ(withdrawn(kAdministrator, own.id).error(), RoleFaults{RoleFault::own_roles});
    EXPECT_TRUE(amelie().has(Role::office));
    EXPECT_TRUE(withdrawn(kAdministrator, role.id));
    EXPECT_FALSE(amelie().has(Role::office));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'role_withdrawn' AND actor_id = 10"
                     " AND for_id = 7 AND ground = 'office' AND log = 'security'"),
              1);
}

TEST_P(Roles, OfTheTownsFileThatAreWithdrawnAreSaidToBeChangedHere) {
    const auto role = select_roles(session, kTown, {kBruno, {}, 50, {}}).at(0);
    ASSERT_FALSE(role.given_by);
    ASSERT_TRUE(withdraw_role(session, {kTown, kAdministrator, role.id, kNow}));
    EXPECT_EQ(number("SELECT COUNT(*) FROM people WHERE id = 8 AND edited_at IS NOT NULL"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM people WHERE id = 7 AND edited_at IS NOT NULL"), 0);
}

}  // namespace
}  // namespace creneau::people
