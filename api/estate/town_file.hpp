#pragma once

#include "api/estate/estate_types.hpp"
#include "api/estate/import_error.hpp"

#include <string_view>
#include <vector>

namespace creneau::estate {

/// What a town file says, each thing with its place, beside everything that is wrong with the file
/// as such. What was wrong stands in the estate as a harmless value.
struct TownFile {
    Estate estate;
    std::vector<ImportError> errors;
};

/// Reads as much as can be read; a text that is no JSON gives an empty estate and its errors.
/// Whether things refer to something that exists is estate_rules' business.
TownFile read_town_file(std::string_view text);

}  // namespace creneau::estate
