#include "api/people/town_words_store.hpp"

#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <soci/soci.h>

namespace creneau::people {

TownWords find_town_words(store::Session& session, TownId town) {
    const auto town_id = store::raw(town);
    TownWords words;
    session.sql() << "SELECT key, name, service, email, phone FROM towns WHERE id = :town",
        soci::use(town_id), soci::into(words.key), soci::into(words.name),
        soci::into(words.service), soci::into(words.email), soci::into(words.phone);
    return words;
}

}  // namespace creneau::people
