#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::people {

/// How a town calls itself.
struct TownWords {
    std::string key;
    std::string name;
    std::string service;
    std::string email;
    std::string phone;
};

[[nodiscard]] TownWords find_town_words(store::Session& session, TownId town);

}  // namespace creneau::people
