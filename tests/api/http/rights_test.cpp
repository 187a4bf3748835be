#include "api/http/rights.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

using people::AssociationId;
using people::Person;
using people::PersonId;
using people::Role;

Person person(std::int64_t id, std::vector<Role> roles,
              std::vector<people::ManagedAssociation> associations = {}) {
    Person made;
    made.id = PersonId{id};
    made.roles = std::move(roles);
    made.associations = std::move(associations);
    return made;
}

const Person kOffice = person(1, {Role::office});
const Person kBooker = person(2, {Role::booker});
const Person kManager = person(3, {Role::booker}, {{AssociationId{30}, "Jeu"}});
const Person kAdministrator = person(4, {Role::administrator});
const Person kNobody = person(5, {});

const Object kBookersOwn{PersonId{2}, std::nullopt};
const Object kOfAssociation{PersonId{9}, AssociationId{30}};

using enum Verdict;

struct Row {
    const char* name;
    Action action;
    Object object;
    Verdict office, booker, manager, administrator, nobody;
};

class Rights : public testing::TestWithParam<Row> {};

TEST_P(Rights, AreAsTheTableSays) {
    const auto& row = GetParam();
    EXPECT_EQ(may(kOffice, row.action, row.object), row.office);
    EXPECT_EQ(may(kBooker, row.action, row.object), row.booker);
    EXPECT_EQ(may(kManager, row.action, row.object), row.manager);
    EXPECT_EQ(may(kAdministrator, row.action, row.object), row.administrator);
    EXPECT_EQ(may(kNobody, row.action, row.object), row.nobody);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Rights,
    testing::Values(
        Row{"RequestForOneself", Action::request_booking, kBookersOwn, allowed, allowed, denied,
            denied, denied},
        Row{"RequestForTheAssociation",
            Action::request_booking,
            {std::nullopt, AssociationId{30}},
            allowed,
            denied,
            allowed,
            denied,
            denied},
        Row{"RequestForSomebodyElse",
            Action::request_booking,
            {PersonId{77}, std::nullopt},
            allowed,
            denied,
            denied,
            denied,
            denied},
        Row{"SeeOwn", Action::see_booking, kBookersOwn, allowed, allowed, hidden, hidden, hidden},
        Row{"SeeOfAssociation", Action::see_booking, kOfAssociation, allowed, hidden, allowed,
            hidden, hidden},
        Row{"CancelOwn", Action::cancel_booking, kBookersOwn, allowed, allowed, hidden, hidden,
            hidden},
        Row{"MoveOfAssociation", Action::move_booking, kOfAssociation, allowed, hidden, allowed,
            hidden, hidden},
        Row{"DecideOwn", Action::decide_booking, kBookersOwn, allowed, denied, hidden, hidden,
            hidden},
        Row{"SeeEvery", Action::see_every_booking, {}, allowed, denied, denied, denied, denied},
        Row{"ActForOthers", Action::act_for_others, {}, allowed, denied, denied, denied, denied}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace creneau::http
