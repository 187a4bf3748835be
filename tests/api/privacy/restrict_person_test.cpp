#include "api/privacy/restrict_person.hpp"

#include "api/people/ids.hpp"
#include "api/people/organisations/keep_people.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/register_sheet.hpp"
#include "tests/api/privacy/privacy_town.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace creneau::privacy {
namespace {

class RestrictPerson : public PrivacyTown {
  protected:
    std::optional<EraseFault> restrict_data(people::PersonId person, people::PersonId actor,
                                            bool restricted = true) {
        const auto done = restrict_person(session, {kTown, actor, person, restricted, kNow});
        return done ? std::nullopt : std::optional(done.error());
    }
    bool sees(people::PersonId reader) {
        const auto who = people::find_person(session, kTown, reader).value();
        return people::find_person_record(session, kTown, who, kPerle).has_value();
    }
    bool lists(people::PersonId reader) {
        const auto who = people::find_person(session, kTown, reader).value();
        const auto found = people::list_people(session, kTown, who, {50, 0, "Zurbriggen"});
        return found && found->size() == 1;
    }
};
CRENEAU_ON_BOTH_ENGINES(RestrictPerson);

TEST_P(RestrictPerson, ShowsThemToThemselvesAndToWhoAnswersForData) {
    ASSERT_TRUE(sees(kBruno));
    ASSERT_TRUE(lists(kBruno));
    ASSERT_EQ(restrict_data(kPerle, kDenis), std::nullopt);
    for (const auto reader : {kDenis, kDana}) {
        EXPECT_TRUE(sees(reader));
        EXPECT_TRUE(lists(reader));
    }
    EXPECT_TRUE(sees(kPerle));
    EXPECT_FALSE(sees(kBruno));
    EXPECT_FALSE(lists(kBruno));
    EXPECT_EQ(text("SELECT phone FROM people WHERE id = 7"), "0699887766") << "it is kept";
    ASSERT_EQ(restrict_data(kPerle, kDenis, false), std::nullopt);
    EXPECT_TRUE(sees(kBruno));
    EXPECT_TRUE(lists(kBruno));
}

TEST_P(RestrictPerson, KeepsTheOfficeFromChangingThem) {
    ASSERT_EQ(restrict_data(kPerle, kDana), std::nullopt);
    people::PersonEdit edit;
    edit.phone = "1";
    EXPECT_FALSE(people::save_person(session, {{kTown, kBruno, kNow}, kPerle, edit, kNow}));
    EXPECT_TRUE(people::save_person(session, {{kTown, kDana, kNow}, kPerle, edit, kNow}));
}

TEST_P(RestrictPerson, IsForWhoAnswersForDataAndNotForTheErased) {
    for (const auto actor : {kBruno, kPerle, people::PersonId{20}}) {
        EXPECT_EQ(restrict_data(kPerle, actor), EraseFault::not_allowed);
    }
    EXPECT_EQ(restrict_data(people::PersonId{20}, kDenis), EraseFault::unknown_person);
    ASSERT_EQ(restrict_data(kPerle, kDenis), std::nullopt);
    ASSERT_TRUE(erase());
    EXPECT_EQ(restrict_data(kPerle, kDenis), EraseFault::unknown_person);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'person_restricted'"
                     " AND subject_id = 7 AND actor_id = 11 AND log = 'security'"),
              1);
}

class RegisterSheet : public PrivacyTown {};
CRENEAU_ON_BOTH_ENGINES(RegisterSheet);

TEST_P(RegisterSheet, SaysWhatTheSettingsSay) {
    ASSERT_TRUE(set_retention(session, {kTown, kDana, "papers", 7, "2026-41 | mars", kNow}));
    const auto sheet = register_sheet(session, kTown, people::Locale::fr);
    EXPECT_EQ(sheet.find("# Registre des traitements : A\n"), 0U);
    EXPECT_NE(sheet.find("| Pièces des dossiers | Pièces expirées et leurs fichiers, après leur fin"
                         " | 7 mois | 2026-41 \\| mars |"),
              std::string::npos)
        << sheet;
    EXPECT_NE(sheet.find("| 60 mois | durée usuelle |"), std::string::npos);
    for (const std::string row :
         {"Échecs de connexion", "Journal de nginx", "Journal du système"}) {
        EXPECT_NE(sheet.find(row), std::string::npos) << row;
    }
    EXPECT_EQ(sheet.find("||"), std::string::npos) << "rows have four cells";
    EXPECT_EQ(register_sheet(session, kTown, people::Locale::en).find("# Record of processing: A"),
              0U);
}

}  // namespace
}  // namespace creneau::privacy
