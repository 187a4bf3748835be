#include "api/people/people_rights.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {
namespace {

Person with(std::vector<Role> roles) {
    Person person;
    person.roles = std::move(roles);
    return person;
}

struct Row {
    std::string name;
    std::vector<Role> roles;
    bool staff;
};

TEST(PeopleRights, StaffAreWhoWorkForTheTown) {
    for (const auto& [name, roles, staff] :
         std::vector<Row>{{"nobody", {}, false},
                          {"booker", {Role::booker}, false},
                          {"office", {Role::office}, true},
                          {"administrator", {Role::administrator}, true},
                          {"booker and office", {Role::booker, Role::office}, true}}) {
        EXPECT_EQ(may_sign_in_by_code(with(roles), false), !staff) << name;
        EXPECT_FALSE(may_sign_in_by_code(with(roles), true)) << name;
        EXPECT_EQ(must_enrol(with(roles), ProvedBy::password), staff) << name;
        EXPECT_EQ(must_enrol(with(roles), ProvedBy::code), staff) << name;
        EXPECT_FALSE(must_enrol(with(roles), ProvedBy::second_factor)) << name;
        EXPECT_EQ(may_invite(with(roles)), staff) << name;
    }
}

TEST(PeopleRights, StaffAreInvitedByAdministratorsAlone) {
    const auto booker = with({Role::booker});
    const auto office = with({Role::office});
    const auto administrator = with({Role::administrator});
    EXPECT_TRUE(may_invite(office, booker));
    EXPECT_TRUE(may_invite(administrator, booker));
    EXPECT_TRUE(may_invite(administrator, office));
    EXPECT_TRUE(may_invite(administrator, administrator));
    EXPECT_FALSE(may_invite(office, office));
    EXPECT_FALSE(may_invite(office, administrator));
    EXPECT_FALSE(may_invite(booker, booker));
}

TEST(PeopleRights, ALocalRoleIsWorkForTheTownToo) {
    auto person = with({Role::booker});
    person.local_roles = {{Role::office, {ScopeKind::site, 1}, {}}};
    EXPECT_TRUE(must_enrol(person, ProvedBy::password));
    EXPECT_FALSE(must_enrol(person, ProvedBy::second_factor));
}

TEST(PeopleRights, APlaceOnTheStaffIsWorkForTheTownWithoutARole) {
    auto person = with({Role::booker});
    EXPECT_TRUE(may_sign_in_by_code(person, false));
    person.on_staff = true;
    EXPECT_FALSE(may_sign_in_by_code(person, false));
    EXPECT_TRUE(must_enrol(person, ProvedBy::code));
    EXPECT_TRUE(must_enrol(person, ProvedBy::password));
    EXPECT_FALSE(must_enrol(person, ProvedBy::second_factor));
}

TEST(PeopleRights, AnotherAdministratorTakesASecondFactorAway) {
    auto administrator = with({Role::administrator});
    administrator.id = PersonId{1};
    auto office = with({Role::office, Role::human_resources});
    office.id = PersonId{1};
    EXPECT_TRUE(may_reset_second_factor(administrator, PersonId{2}));
    EXPECT_FALSE(may_reset_second_factor(administrator, PersonId{1}));
    EXPECT_FALSE(may_reset_second_factor(office, PersonId{2}));
}

TEST(PeopleRights, AProofServesTenMinutes) {
    constexpr std::chrono::sys_seconds kProved{std::chrono::hours{500'000}};
    EXPECT_TRUE(is_fresh(kProved, kProved));
    EXPECT_TRUE(is_fresh(kProved, kProved + std::chrono::seconds{599}));
    EXPECT_FALSE(is_fresh(kProved, kProved + std::chrono::seconds{600}));
    EXPECT_FALSE(is_fresh(kProved, kProved - std::chrono::seconds{1}))
        << "a clock that was put back";
}

TEST(PeopleRights, WhoAnnouncesSeesAndIsToldOfMovements) {
    for (const auto role : {Role::human_resources, Role::administrator}) {
        EXPECT_TRUE(may_announce_movements(with({role})));
    }
    for (const auto role : {Role::booker, Role::office, Role::stage_manager,
                            Role::access_administrator, Role::data_protection}) {
        EXPECT_FALSE(may_announce_movements(with({role})));
    }
    EXPECT_TRUE(may_see_movements(with({Role::access_administrator})));
    EXPECT_FALSE(may_see_movements(with({Role::stage_manager})));
    auto manager = with({Role::booker});
    manager.id = PersonId{7};
    EXPECT_TRUE(may_see_movement(manager, {}, PersonId{7}));
    EXPECT_FALSE(may_see_movement(manager, {}, PersonId{8}));
    EXPECT_FALSE(may_see_movement(manager, {}, std::nullopt));
    EXPECT_TRUE(may_keep_badges(with({Role::access_administrator})));
    EXPECT_FALSE(may_keep_badges(with({Role::administrator})));
}

TEST(PeopleRights, SomebodyIsThereFromTheirArrivalUntilTheirDeparture) {
    constexpr std::chrono::sys_seconds kAt{std::chrono::hours{500'000}};
    constexpr std::chrono::seconds kOne{1};
    Person person;
    EXPECT_TRUE(person.is_active(kAt));
    person.active_from = kAt;
    EXPECT_FALSE(person.is_active(kAt - kOne));
    EXPECT_TRUE(person.is_active(kAt));
    EXPECT_TRUE(may_open_account(person, kAt - kOne)) << "an invitation serves ahead";
    person.active_until = kAt + kOne;
    EXPECT_TRUE(person.is_active(kAt));
    EXPECT_FALSE(person.is_active(kAt + kOne));
    EXPECT_FALSE(may_open_account(person, kAt + kOne));
}

}  // namespace
}  // namespace creneau::people
