#pragma once

#include "api/estate/import_error.hpp"
#include "api/estate/object_reader.hpp"

#include <string>
#include <vector>

namespace creneau::estate {

/// The lines of "postal_address" below the name, joined by line feeds; empty when it is not there.
/// At most five lines of 38 characters (NF Z 10-011), so that they fit the window of an envelope.
[[nodiscard]] std::string read_postal_address(ObjectReader& reader,
                                              std::vector<ImportError>& errors);

}  // namespace creneau::estate
