#include "api/people/people_rights.hpp"

#include <gtest/gtest.h>

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
        EXPECT_EQ(may_sign_in_by_code(with(roles)), !staff) << name;
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

TEST(PeopleRights, AProofServesTenMinutes) {
    constexpr std::chrono::sys_seconds kProved{std::chrono::hours{500'000}};
    EXPECT_TRUE(is_fresh(kProved, kProved));
    EXPECT_TRUE(is_fresh(kProved, kProved + std::chrono::seconds{599}));
    EXPECT_FALSE(is_fresh(kProved, kProved + std::chrono::seconds{600}));
    EXPECT_FALSE(is_fresh(kProved, kProved - std::chrono::seconds{1}))
        << "a clock that was put back";
}

}  // namespace
}  // namespace creneau::people
