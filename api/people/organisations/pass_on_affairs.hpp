#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>

namespace creneau::people {

struct PassOnAffairs {
    TownId town{};
    std::optional<AssociationId> association;  ///< none: every one of the town
    std::optional<PersonId> to;     ///< a manager who is there; none: the longest known one
    std::optional<PersonId> actor;  ///< none: nobody, it follows from something else
    std::chrono::sys_seconds now;
};
/// What an association has under way in the name of somebody who manages it no more, or is not
/// there, goes on in the name of a manager who is. Where there is none it stays as it is, until one
/// is named.
void pass_on_affairs(store::Session& session, const PassOnAffairs& order);

}  // namespace creneau::people
