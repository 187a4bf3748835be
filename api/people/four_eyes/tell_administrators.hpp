#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::people {

/// Where `about` holds a role that four eyes rest on (is_watched()): tells every other
/// administrator that somebody gave it to them, or a way in. Called in the transaction of that.
void tell_administrators(store::Session& session, TownId town, PersonId about,
                         std::chrono::sys_seconds now);

}  // namespace creneau::people
