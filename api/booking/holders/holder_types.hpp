#pragma once

#include "api/access/access_types.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace creneau::booking {

/// Who holds a pass of an association, as its managers call them. Never the town's to read.
struct PassHolder {
    access::Pass pass;
    std::string name;        ///< may be empty: nobody was named
    std::string mail_state;  ///< of the mail that took the code there; empty: none was sent
};

}  // namespace creneau::booking
