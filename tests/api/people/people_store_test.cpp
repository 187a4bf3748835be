#include "api/people/people_store.hpp"

#include "tests/api/people/town_fixture.hpp"

namespace creneau::people {
namespace {

class PeopleStore : public TownTest {};
CRENEAU_ON_BOTH_ENGINES(PeopleStore);

TEST_P(PeopleStore, ReadsAPersonWithRolesAndAssociations) {
    const auto person = find_person(session, kTown, kAmelie);
    ASSERT_TRUE(person);
    EXPECT_EQ(person->name, "Amélie Roche");
    EXPECT_EQ(person->locale, Locale::fr);
    EXPECT_TRUE(person->has(Role::booker));
    EXPECT_FALSE(person->has(Role::office));
    EXPECT_TRUE(person->manages(AssociationId{300}));
    EXPECT_FALSE(person->manages(AssociationId{301}));
}

TEST_P(PeopleStore, DoesNotKnowWhoLeftOrLivesElsewhere) {
    EXPECT_FALSE(find_person(session, kTown, kChloe));
    EXPECT_FALSE(find_person(session, kTown, PersonId{20}));
    EXPECT_FALSE(find_person(session, kTown, PersonId{404}));
    EXPECT_TRUE(find_person(session, kOtherTown, PersonId{20}));
}

TEST_P(PeopleStore, FindsAnAddressInAnyCase) {
    EXPECT_EQ(find_person_by_email(session, kTown, " AMELIE@Example.org\n")->id, kAmelie);
    EXPECT_EQ(find_person_by_email(session, kOtherTown, "amelie@example.org")->id, PersonId{20});
    EXPECT_FALSE(find_person_by_email(session, kTown, "chloe@example.org"));
    EXPECT_FALSE(find_person_by_email(session, kTown, ""));
}

TEST_P(PeopleStore, FindsNobodyWithoutAnAddressByOne) {
    session.execute("UPDATE people SET has_email = 0, email = key WHERE id = " +
                    std::to_string(static_cast<int>(kAmelie)));
    EXPECT_FALSE(find_person_by_email(session, kTown, "amelie"));
    EXPECT_FALSE(find_person_by_email(session, kTown, "amelie@example.org"));
    EXPECT_EQ(find_person(session, kTown, kAmelie)->email, "");
}

}  // namespace
}  // namespace creneau::people
