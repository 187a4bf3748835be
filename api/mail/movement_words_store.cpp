#include "api/mail/movement_words_store.hpp"

#include "api/mail/movement_facts.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::mail {

std::string with_words_of_movement(store::Session& session, std::int64_t town_id,
                                   const std::string& facts) {
    auto movement = parse_movement(facts);
    if (!movement) {
        return facts;
    }
    const std::int64_t person = movement->person_id;
    session.sql() << "SELECT name FROM people WHERE town_id = :town AND id = :person",
        soci::use(town_id), soci::use(person), soci::into(movement->person);
    std::string word;
    soci::statement duties =
        (session.sql().prepare << "SELECT word FROM duties WHERE town_id = :town"
                                  " AND person_id = :person AND word <> '' ORDER BY id LIMIT 50",
         soci::use(town_id), soci::use(person), soci::into(word));
    duties.execute();
    while (duties.fetch()) {
        movement->duties.push_back(word);
    }
    return to_json_with_words(*movement);
}

}  // namespace creneau::mail
