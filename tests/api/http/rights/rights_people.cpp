#include "api/people/secret_token.hpp"
#include "api/people/sessions.hpp"
#include "api/people/set_password.hpp"
#include "api/people/tokens/manage_tokens.hpp"
#include "api/people/tokens/token_rules.hpp"
#include "tests/api/http/rights/rights_town.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace creneau::http {

namespace {

using people::PersonId;
using people::TownId;

/// Both towns, as far as the shared fixture has not filled them: each has an owner (who manages an
/// association and has no e-mail address), a second manager and a peer who books for themselves.
constexpr auto kMorePeople = R"sql(
INSERT INTO associations (id, town_id, key, name, email) VALUES
 (9, 2, 'choir', 'Chorale d''Autre', 'chorale@autre.example.org');
INSERT INTO people (id, town_id, key, name, email, locale, enabled) VALUES
 (10, 2, 'owner', 'Autre Gestion', 'owner@autre.example.org', 'fr', 1),
 (11, 2, 'peer', 'Autre Personne', 'peer@autre.example.org', 'fr', 1),
 (12, 2, 'stage', 'Autre Régie', 'regie@autre.example.org', 'fr', 1),
 (21, 1, 'office-there', 'Accueil Danton', 'danton@le-pre.example.org', 'fr', 1),
 (22, 1, 'office-elsewhere', 'Accueil Maison', 'maison@le-pre.example.org', 'fr', 1),
 (23, 1, 'administrator', 'Administration', 'admin@le-pre.example.org', 'fr', 1),
 (24, 1, 'stage', 'Régie', 'regie@le-pre.example.org', 'fr', 1),
 (25, 1, 'access', 'Accès', 'acces@le-pre.example.org', 'fr', 1),
 (26, 1, 'hr', 'Personnel', 'personnel@le-pre.example.org', 'fr', 1),
 (27, 1, 'dpo', 'Données', 'donnees@le-pre.example.org', 'fr', 1),
 (28, 1, 'every', 'Tous les rôles', 'tous@le-pre.example.org', 'fr', 1),
 (31, 1, 'access-there', 'Accès Danton', 'acces-danton@le-pre.example.org', 'fr', 1),
 (32, 1, 'access-elsewhere', 'Accès Maison', 'acces-maison@le-pre.example.org', 'fr', 1),
 (33, 1, 'stage-there', 'Régie Danton', 'regie-danton@le-pre.example.org', 'fr', 1),
 (34, 1, 'hr-there', 'Personnel Culture', 'rh-culture@le-pre.example.org', 'fr', 1),
 (35, 1, 'hr-elsewhere', 'Personnel Voirie', 'rh-voirie@le-pre.example.org', 'fr', 1);
INSERT INTO association_managers (town_id, association_id, person_id) VALUES (2, 9, 10);
INSERT INTO person_roles (town_id, person_id, role) VALUES
 (2, 10, 'booker'), (2, 11, 'booker'), (2, 9, 'administrator'), (2, 12, 'stage_manager'),
 (1, 23, 'administrator'),
 (1, 24, 'stage_manager'), (1, 25, 'access_administrator'), (1, 26, 'human_resources'),
 (1, 27, 'data_protection'), (1, 28, 'booker'), (1, 28, 'office'), (1, 28, 'administrator'),
 (1, 28, 'stage_manager'), (1, 28, 'access_administrator'), (1, 28, 'human_resources'),
 (1, 28, 'data_protection');
INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id, given_by_id) VALUES
 (1, 21, 'office', 'site', 1, 23), (1, 22, 'office', 'site', 2, 23),
 (1, 31, 'access_administrator', 'site', 1, 23), (1, 32, 'access_administrator', 'site', 2, 23),
 (1, 33, 'stage_manager', 'site', 1, 23);
UPDATE people SET has_email = 0, email = key, postal_address = '3 rue Danton' WHERE id IN (2, 10);
INSERT INTO second_factors (person_id, town_id, sealed_secret, switched_on_at) VALUES
 (3, 1, 'sealed', 0), (11, 2, 'sealed', 0);
INSERT INTO booking_kinds (town_id, key, name, name_en) VALUES
 (1, 'event', 'Manifestation', 'Event'), (2, 'event', 'Manifestation', 'Event');
)sql";

}  // namespace

void RightsTown::add_people() {
    session_->execute(kMorePeople);
    const auto set = people::set_password(*session_, {.town = booking::kTown,
                                                      .email = "danton@le-pre.example.org",
                                                      .password = "correct horse battery",
                                                      .now = booking::kNow,
                                                      .breached = &support::breached_list()});
    EXPECT_TRUE(set);
    const std::map<std::string, std::int64_t> words{{"owner", 2},         {"manager", 6},
                                                    {"peer", 3},          {"office", 1},
                                                    {"office_there", 21}, {"office_elsewhere", 22},
                                                    {"admin", 23},        {"stage", 24},
                                                    {"access", 25},       {"hr", 26},
                                                    {"dpo", 27},          {"theirs", 28},
                                                    {"access_there", 31}, {"access_elsewhere", 32},
                                                    {"stage_there", 33},  {"hr_there", 34},
                                                    {"hr_elsewhere", 35}};
    for (const auto& [word, person] : words) {
        tokens_[word] = signed_in(booking::kTown, person);
    }
    tokens_["nobody"] = "";
    tokens_["foreigner"] = signed_in(booking::kOtherTown, 9);
}

void RightsTown::give_departments() {
    session_->execute(
        "INSERT INTO departments (town_id, name) VALUES (1, 'Voirie');"
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id, given_by_id)"
        " SELECT 1, CASE WHEN name = 'Voirie' THEN 35 ELSE 34 END, 'human_resources',"
        " 'department', id, 23 FROM departments WHERE town_id = 1");
}

std::string RightsTown::signed_in(TownId town, std::int64_t person) {
    const people::NewSession opened{.token = people::new_session_token(),
                                    .proved_by = people::ProvedBy::second_factor};
    people::open_session(*session_, town, PersonId{person}, opened, booking::kNow);
    return opened.token;
}

std::string RightsTown::token_of(std::int64_t person) {
    const people::MakeToken order{.town = booking::kTown,
                                  .actor = PersonId{person},
                                  .name = "Hall",
                                  .scopes = people::all_scopes(),
                                  .expires_at = booking::kNow + std::chrono::hours(1),
                                  .secret = people::new_secret_token(),
                                  .now = booking::kNow};
    EXPECT_TRUE(people::make_token(*session_, order));
    return order.secret;
}

}  // namespace creneau::http
