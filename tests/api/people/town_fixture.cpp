#include "tests/api/people/town_fixture.hpp"

namespace creneau::people {

TownTest::TownTest() {
    session.execute(
        "INSERT INTO towns (id, key, name, time_zone, service, email, phone) VALUES"
        " (1, 'a', 'A', 'Europe/Paris', 'S', 'a@example.org', '0'),"
        " (2, 'b', 'B', 'Europe/Paris', 'S', 'b@example.org', '0');"
        "INSERT INTO people (id, town_id, key, name, email, locale, enabled) VALUES"
        " (7, 1, 'amelie', 'Amélie Roche', 'amelie@example.org', 'fr', 1),"
        " (8, 1, 'bruno', 'Bruno Petit', 'bruno@example.org', 'en', 1),"
        " (9, 1, 'chloe', 'Chloé Blanc', 'chloe@example.org', 'fr', 0),"
        " (20, 2, 'amelie', 'Another', 'amelie@example.org', 'fr', 1);"
        "INSERT INTO associations (id, town_id, key, name, email) VALUES"
        " (300, 1, 'jeu', 'Les Amis du Jeu', 'jeu@example.org'),"
        " (301, 1, 'chant', 'Chœur du Pré', 'chant@example.org');"
        "INSERT INTO association_managers (town_id, association_id, person_id) VALUES (1, 300, 7);"
        "INSERT INTO person_roles (town_id, person_id, role) VALUES"
        " (1, 7, 'booker'), (1, 8, 'office'), (1, 9, 'booker')");
}

}  // namespace creneau::people
