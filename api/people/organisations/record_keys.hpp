#pragma once

#include "api/people/organisations/organisation_types.hpp"

#include <string>

namespace creneau::people {

/// What a LIKE of a page's name is: "%name%" with what LIKE reads as a pattern escaped by '!'.
[[nodiscard]] std::string pattern_of(const Page& page);

/// A key for what no file of the town names.
[[nodiscard]] std::string new_key();

}  // namespace creneau::people
