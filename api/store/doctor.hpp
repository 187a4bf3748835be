#pragma once

#include "api/store/session.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace creneau::store {

struct Check {
    std::string name;  // one word with underscores
    bool healthy = false;
    std::string detail;
};

/// Looks at a database without changing it: integrity, foreign keys, schema, overlaps recomputed
/// pair by pair, occupancies against their bookings, equipment against occupancies, WAL, free disk,
/// mails that could not be sent, seals of the audit.
/// A database that cannot be opened is one failed check.
std::vector<Check> examine(const Database& database);

/// examine(), one line a check: `ok NAME DETAIL` or `PROBLEM NAME DETAIL`.
/// Returns true when every check is healthy.
bool doctor(const Database& database, std::ostream& out);

}  // namespace creneau::store
