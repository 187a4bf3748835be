#pragma once

#include "api/audit/chain.hpp"
#include "api/audit/seals_file.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::audit {

/// The first thing that is not as it was written.
struct Broken {
    std::int64_t line = 0;  ///< its id; 0: it is about a seal
    std::string day;        ///< of its seal; empty: not sealed yet
    std::string what;
};

/// What was found of one chain.
struct Verified {
    ChainOf chain;
    std::int64_t lines = 0;     ///< whose hashes are right
    std::int64_t unsealed = 0;  ///< of them, since the last seal
    std::int64_t seals = 0;
    std::int64_t purged = 0;  ///< seals whose lines were kept long enough
    std::int64_t older = 0;   ///< lines that are older than the chain: nothing proves them
    std::string first_day;    ///< of the seals; empty without one
    std::string last_day;
    std::vector<std::string> notes;
    std::optional<Broken> broken;
};

/// Computes a chain anew from its beginning, and compares its seals with the file. Reads only, all
/// from one snapshot, which must be taken while `file` lives. With a `day`, every seal, but only
/// that day's lines.
[[nodiscard]] Verified verify_audit(store::Session& session, const ChainOf& chain,
                                    const SealsFile& file, const std::optional<std::string>& day);

}  // namespace creneau::audit
