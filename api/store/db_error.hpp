#pragma once

#include <cstdint>
#include <exception>
#include <string>

namespace creneau::store {

/// What the database refused. `overlap`: two occupancies would share an instant of a space.
/// `serialization`: rerun the whole transaction. `busy`: a lock or a statement took too long.
/// `full`: no room on disk (on SQLite the whole transaction is gone).
enum class DbFault : std::uint8_t {
    overlap,
    unique,
    foreign_key,
    serialization,
    busy,
    full,
    other
};

/// Classifies an exception that Session::sql() or Session::execute() threw; both engines.
///
/// A store function answers the faults that are its own (overlap, unique, foreign_key) as a domain
/// error and lets every other exception pass: the writer reruns or gives up the group.
/// After a fault the use case returns at once, since PostgreSQL has aborted its savepoint.
DbFault fault_of(const std::exception& error) noexcept;

/// What may be logged or shown of an exception: for one of the database its first line and the
/// statement, without the values. SOCI's what() lists every value bound, PostgreSQL's further lines
/// the failing row; names, purposes and hashes are among them.
[[nodiscard]] std::string told(const std::exception& error);

}  // namespace creneau::store
