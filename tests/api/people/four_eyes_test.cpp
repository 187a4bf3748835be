#include "api/people/four_eyes/four_eyes.hpp"

#include "api/people/four_eyes/confirmation_store.hpp"
#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/four_eyes/settle.hpp"
#include "api/people/organisations/keep_people.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_store.hpp"
#include "api/people/roles/manage_roles.hpp"
#include "api/people/second_factor/reset_second_factor.hpp"
#include "api/store/column.hpp"
#include "tests/api/people/town_fixture.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace creneau::people {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr PersonId kBruno{8};
constexpr PersonId kDana{10};
constexpr PersonId kDenis{11};
constexpr PersonId kElsewhere{20};

class FourEyes : public TownTest {
  protected:
    FourEyes() {
        session.execute(
            "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
            " (10, 1, 'dana', 'Dana', 'dana@example.org', 'fr'),"
            " (11, 1, 'denis', 'Denis', 'denis@example.org', 'fr');"
            "INSERT INTO person_roles (town_id, person_id, role) VALUES"
            " (1, 10, 'administrator'), (1, 11, 'data_protection'), (2, 20, 'administrator')");
    }

    ConfirmationId asked(std::chrono::sys_seconds at = kNow) {
        return ask_confirmation(
                   session, {kTown, kDenis, ConfirmedKind::person_export, store::raw(kAmelie), at})
            .value()
            .id;
    }
    std::optional<FourEyesFault> confirm(ConfirmationId id, PersonId by,
                                         std::chrono::sys_seconds at = kNow) {
        const auto done = confirm_request(session, {kTown, by, id, at});
        return done ? std::nullopt : std::optional(done.error());
    }
    UseConfirmation use_of(ConfirmationId id) {
        return {kTown, kDenis, ConfirmedKind::person_export, store::raw(kAmelie), id, kNow, false};
    }
    std::optional<FourEyesFault> take(const UseConfirmation& use) {
        const auto done = use_confirmation(session, use);
        return done ? std::nullopt : std::optional(done.error());
    }
    std::optional<FourEyesFault> fault_of_asking(PersonId by, PersonId subject) {
        const auto done = ask_confirmation(
            session, {kTown, by, ConfirmedKind::person_export, store::raw(subject), kNow});
        return done ? std::nullopt : std::optional(done.error());
    }
    static std::chrono::seconds days_of(int days) { return hours{24 * days}; }
    bool takes_danas_factor_away(std::chrono::sys_seconds at) {
        session.execute(
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 8, 'administrator');"
            "INSERT INTO second_factors (town_id, person_id, sealed_secret, switched_on_at)"
            " VALUES (1, 10, 'x', 1)");
        return reset_second_factor(session, {kTown, PersonId{8}, kDana, at, at}).has_value();
    }
    std::int64_t told(const std::string& where) {
        std::int64_t count = 0;
        session.sql() << "SELECT COUNT(*) FROM outbox WHERE template = 'account_rights_watched'"
                         " AND " +
                             where,
            soci::into(count);
        return count;
    }
    std::string bruno() { return find_person(session, kTown, kBruno).value().email; }
    std::int64_t lines(const std::string& action) {
        std::int64_t count = 0;
        session.sql() << "SELECT COUNT(*) FROM audit WHERE log = 'security' AND action = '" +
                             action + "'",
            soci::into(count);
        return count;
    }
};
CRENEAU_ON_BOTH_ENGINES(FourEyes);

TEST_P(FourEyes, AreTwoPeopleAndOneUse) {
    const auto id = asked();
    EXPECT_EQ(take(use_of(id)), FourEyesFault::not_confirmed);
    EXPECT_EQ(confirm(id, kDenis), FourEyesFault::own_request);
    EXPECT_EQ(confirm(id, kDana), std::nullopt);
    EXPECT_EQ(confirm(id, kDana), FourEyesFault::already_confirmed);
    EXPECT_EQ(take(use_of(id)), std::nullopt);
    EXPECT_EQ(take(use_of(id)), FourEyesFault::used);
    for (const auto* const action :
         {"confirmation_asked", "confirmation_given", "confirmation_used"}) {
        EXPECT_EQ(lines(action), 1) << action;
    }
}

TEST_P(FourEyes, AreOverAfterADay) {
    const auto id = asked(kNow - hours{24});
    EXPECT_EQ(confirm(id, kDana), FourEyesFault::over);
    EXPECT_EQ(confirm(id, kDana, kNow - seconds{1}), std::nullopt);
    EXPECT_EQ(take(use_of(id)), FourEyesFault::over);
    auto in_time = use_of(id);
    in_time.now = kNow - seconds{1};
    EXPECT_EQ(take(in_time), std::nullopt);
}

TEST_P(FourEyes, ServeWhoAskedForWhatWasAskedOnly) {
    const auto id = asked();
    ASSERT_EQ(confirm(id, kDana), std::nullopt);
    auto other = use_of(id);
    other.actor = kDana;
    EXPECT_EQ(take(other), FourEyesFault::unknown);
    other = use_of(id);
    other.subject = store::raw(kBruno);
    EXPECT_EQ(take(other), FourEyesFault::unknown);
    other = use_of(id);
    other.town = kOtherTown;
    EXPECT_EQ(take(other), FourEyesFault::unknown);
    EXPECT_EQ(take(use_of(ConfirmationId{99})), FourEyesFault::unknown);
    EXPECT_EQ(take(use_of(id)), std::nullopt);
}

TEST_P(FourEyes, AreThoseOfTheEntitled) {
    for (const auto person : {kAmelie, kBruno, kChloe, kElsewhere, PersonId{99}}) {
        EXPECT_EQ(fault_of_asking(person, kAmelie), FourEyesFault::not_allowed);
    }
    const auto id = asked();
    for (const auto person : {kAmelie, kBruno, kElsewhere}) {
        EXPECT_EQ(confirm(id, person), FourEyesFault::not_allowed);
    }
    EXPECT_EQ(confirm(id, kDana), std::nullopt);
}

TEST_P(FourEyes, AreAboutSomebodyOfTheTown) {
    for (const auto person : {kElsewhere, PersonId{99}}) {
        EXPECT_EQ(fault_of_asking(kDana, person), FourEyesFault::unknown_subject);
    }
    EXPECT_EQ(fault_of_asking(kDana, kAmelie), std::nullopt);
}

TEST_P(FourEyes, CloseWhenOneOfTheTwoLeaves) {
    const auto id = asked();
    ASSERT_EQ(confirm(id, kDana), std::nullopt);
    session.execute("UPDATE people SET enabled = 0 WHERE id = 10");
    EXPECT_EQ(take(use_of(id)), FourEyesFault::not_allowed);
    session.execute("UPDATE people SET enabled = 1 WHERE id = 10");
    EXPECT_EQ(take(use_of(id)), std::nullopt);
}

TEST_P(FourEyes, AreNotAPuppetsWithARoleOfWhoeverAsks) {
    // Dana asks; whom she has just made data protection or administrator is no second person.
    const auto by_dana = [&](std::chrono::sys_seconds at) {
        return ask_confirmation(
            session, {kTown, kDana, ConfirmedKind::person_export, store::raw(kAmelie), at});
    };
    ASSERT_TRUE(give_role(session, {kTown, kDana, kBruno, Role::administrator, {}, kNow}));
    const auto id = by_dana(kNow).value().id;
    EXPECT_EQ(confirm(id, kBruno), FourEyesFault::not_settled);
    EXPECT_EQ(fault_of_asking(kBruno, kAmelie), FourEyesFault::not_settled)
        << "and Dana does not confirm what the puppet asks";
    const auto late = kNow + days_of(7);
    const auto next = by_dana(late).value().id;
    EXPECT_EQ(confirm(next, kBruno, late - seconds{1}), FourEyesFault::not_settled);
    EXPECT_EQ(confirm(next, kBruno, late), std::nullopt);
}

TEST_P(FourEyes, WaitForWhomOthersLetInAnewAsLongAsTheTownSays) {
    session.execute("UPDATE towns SET settle_days = 2 WHERE id = 1");
    PersonEdit elsewhere;
    elsewhere.email = "denis@example.net";
    ASSERT_TRUE(save_person(session, {{kTown, kDana, kNow}, kDenis, elsewhere, kNow}));
    EXPECT_EQ(fault_of_asking(kDenis, kAmelie), FourEyesFault::not_settled);
    const auto late = kNow + days_of(2);
    const auto id = asked(late);
    EXPECT_EQ(confirm(id, kDana, late), std::nullopt);
    // One of the two is let in anew between the confirmation and its use.
    ASSERT_TRUE(takes_danas_factor_away(late));
    auto use = use_of(id);
    use.now = late;
    EXPECT_EQ(take(use), FourEyesFault::not_settled);
    session.execute("UPDATE people SET let_in_at = 0 WHERE id = 10");
    EXPECT_EQ(take(use), std::nullopt);
}

TEST_P(FourEyes, AreNotOfAnAccountThatSomebodyMadeOrOpenedLately) {
    PersonEdit made;
    made.name = "Marionnette";
    made.email = "m@example.org";
    const auto puppet = save_person(session, {{kTown, kDana, kNow}, {}, made, kNow}).value().id;
    PersonEdit shut;
    shut.enabled = false;
    PersonEdit open;
    open.enabled = true;
    ASSERT_TRUE(save_person(session, {{kTown, kDana, kNow}, kDenis, shut, kNow}));
    ASSERT_TRUE(save_person(session, {{kTown, kDana, kNow}, kDenis, open, kNow}));
    EXPECT_EQ(fault_of_asking(kDenis, kAmelie), FourEyesFault::not_settled);
    // The town's file gives a role at once, not an account that a person made.
    std::string given = "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, ";
    given.append(std::to_string(store::raw(puppet))).append(", 'administrator')");
    session.execute(given);
    EXPECT_EQ(fault_of_asking(puppet, kAmelie), FourEyesFault::not_settled);
    EXPECT_EQ(fault_of_asking(kDana, kAmelie), std::nullopt);
}

TEST_P(FourEyes, AreNotGoneRoundByAnAddressThatIsNotTheirs) {
    EXPECT_TRUE(is_way_in_settled(session, kTown, kAmelie, kNow));
    PersonEdit elsewhere;
    elsewhere.email = "bruno@example.net";
    ASSERT_TRUE(save_person(session, {{kTown, kDana, kNow}, kAmelie, elsewhere, kNow}));
    EXPECT_FALSE(is_way_in_settled(session, kTown, kAmelie, kNow + days_of(7) - seconds{1}));
    EXPECT_TRUE(is_way_in_settled(session, kTown, kAmelie, kNow + days_of(7)));
    EXPECT_FALSE(is_way_in_settled(session, kOtherTown, kAmelie, kNow + days_of(7)));
    ASSERT_TRUE(give_role(session, {kTown, kDana, kBruno, Role::booker, {}, kNow}));
    EXPECT_TRUE(is_way_in_settled(session, kTown, kBruno, kNow)) << "a role lets nobody in";
}

TEST_P(FourEyes, AreWatchedByAllAdministrators) {
    session.execute(
        "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
        " (12, 1, 'noa', 'Noa', 'noa@example.org', 'fr');"
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 12, 'administrator')");
    ASSERT_TRUE(give_role(session, {kTown, kDana, kBruno, Role::booker, {}, kNow}));
    EXPECT_EQ(told("1 = 1"), 0) << "that role confirms nothing";
    ASSERT_TRUE(give_role(session, {kTown, kDana, kBruno, Role::administrator, {}, kNow}));
    EXPECT_EQ(told("person_id IN (10, 12)"), 2) << "who gave it, too: it may not have been them";
    EXPECT_EQ(told("1 = 1"), 2) << "nobody of the other town, and not the new one";
    EXPECT_EQ(told("facts LIKE '%\"account\":8%'"), 2);
    EXPECT_EQ(told("facts LIKE '%Bruno%' AND person_id <> 8"), 0) << "by number";
    PersonEdit elsewhere;
    elsewhere.email = "denis@example.net";
    ASSERT_TRUE(save_person(session, {{kTown, kDana, kNow}, kDenis, elsewhere, kNow}));
    EXPECT_EQ(told("facts LIKE '%\"account\":11%' AND person_id IN (8, 10, 12)"), 3);
    PersonEdit amelies;
    amelies.email = "amelie@example.net";
    ASSERT_TRUE(save_person(session, {{kTown, kDana, kNow}, kAmelie, amelies, kNow}));
    EXPECT_EQ(told("1 = 1"), 5) << "she confirms nothing";
    session.execute(
        "INSERT INTO second_factors (town_id, person_id, sealed_secret, switched_on_at)"
        " VALUES (1, 10, 'x', 1)");
    ASSERT_TRUE(reset_second_factor(session, {kTown, PersonId{12}, kDana, kNow, kNow}));
    EXPECT_EQ(told("facts LIKE '%\"account\":10%' AND person_id IN (8, 12)"), 2);
}

TEST_P(FourEyes, CountSomebodyAtOnceWhereTheTownHasNoTwoOthers) {
    ASSERT_TRUE(give_role(session, {kTown, kDana, kBruno, Role::administrator, {}, kNow}));
    const auto id = asked();
    EXPECT_EQ(confirm(id, kBruno), FourEyesFault::not_settled);
    for (const auto* const nobody : {"amelie@example.org", "nobody@example.org"}) {
        EXPECT_EQ(settle(session, kTown, nobody, kNow).error(), SettleFault::unknown) << nobody;
    }
    EXPECT_EQ(settle(session, kTown, bruno(), kNow).value(), kBruno);
    EXPECT_EQ(lines("counts_at_once"), 1);
    EXPECT_EQ(told("facts LIKE '%\"account\":8%' AND person_id = 10"), 2);
    EXPECT_EQ(confirm(id, kBruno), std::nullopt);
    // There are two now.
    EXPECT_EQ(settle(session, kTown, bruno(), kNow).error(), SettleFault::not_needed);
    session.execute("UPDATE people SET active_until = 1 WHERE id = 10");
    EXPECT_EQ(settle(session, kTown, bruno(), kNow).value(), kBruno) << "Dana has left";
}

TEST_P(FourEyes, GoOnForAWhileWithWhatAUseBegan) {
    const auto id = asked();
    ASSERT_EQ(confirm(id, kDana), std::nullopt);
    ASSERT_EQ(take(use_of(id)), std::nullopt);
    auto next = use_of(id);
    next.goes_on = true;
    next.now = kNow + minutes{29};
    EXPECT_EQ(take(next), std::nullopt);
    next.now = kNow + minutes{30};
    EXPECT_EQ(take(next), FourEyesFault::used);
}

}  // namespace
}  // namespace creneau::people
