#pragma once

#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::people {

/// What a change is about, and whom else.
struct Changed {
    std::string_view kind;
    std::int64_t id = 0;
    std::optional<PersonId> whom;
};

/// Writes the audit line of a change: ids and codes, never a name or a value.
void record_change(store::Session& session, const Actor& actor, std::string_view action,
                   const Changed& changed);

}  // namespace creneau::people
