#pragma once

#include "api/estate/estate_types.hpp"
#include "api/estate/import_error.hpp"

#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::estate {

/// What a town file says, each thing with its place; or everything that is wrong with the file as
/// such. Whether things refer to something that exists is estate_rules' business.
tl::expected<Estate, std::vector<ImportError>> read_town_file(std::string_view text);

}  // namespace creneau::estate
