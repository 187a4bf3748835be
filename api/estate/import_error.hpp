#pragma once

#include <string>

namespace creneau::estate {

/// One thing that is wrong with an import file.
struct ImportError {
    std::string place;   // a JSON pointer (RFC 6901), or "line 3, column 7" where it is no JSON
    std::string code;    // a stable word: syntax, too_large, too_deep, doubled, missing, unknown,
                         // wrong_type, out_of_range, bad_value, no_such, other_site, no_reader,
                         // no_agent, in_use, no_number_left, erased
    std::string detail;  // for people
};

}  // namespace creneau::estate
