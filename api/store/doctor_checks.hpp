#pragma once

#include "api/store/session.hpp"

#include <string>

namespace creneau::store {

struct Finding {
    bool healthy = false;
    std::string detail;
};

/// One question each about a database; they read only and may throw.
Finding check_integrity(Session& session, const Database& database);
Finding check_references(Session& session, const Database& database);
/// Version and checksums; on SQLite also every table, index and trigger as the migrations make
/// them.
Finding check_schema(Session& session, const Database& database);
/// Compares neighbours after its own sort, trusting no index and no constraint.
Finding check_overlaps(Session& session, const Database& database);
/// An occupancy exists if and only if its booking occupies that space over that interval; one of a
/// closure lies within a closure that stands.
Finding check_occupancies(Session& session, const Database& database);
/// Equipment is off the stock if and only if a booking or a hold that occupies asked for it: once,
/// as much as it asked for, over its slot at least and until its deadline.
Finding check_equipment(Session& session, const Database& database);
/// Nothing lets anybody in for a booking that is not approved, or for longer than a day around its
/// slot: neither a window of a zone nor a credential that is not revoked.
Finding check_doors(Session& session, const Database& database);
Finding check_durability(Session& session, const Database& database);
Finding check_free_disk(Session& session, const Database& database);
/// Mails given up.
Finding check_outbox(Session& session, const Database& database);
/// The seals of the audit follow one another, and when the last one was made; its hashes are
/// `audit verify`'s to compute.
Finding check_audit(Session& session, const Database& database);

}  // namespace creneau::store
