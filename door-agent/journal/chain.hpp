#pragma once

#include "door-agent/journal/event.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace creneau::door {

using Hash = std::array<std::uint8_t, 32>;
using JournalId = std::array<std::uint8_t, 16>;

/// What the first row of a journal carries as its previous hash: BLAKE2b-256 of the label
/// "creneau-journal-1", the journal's id and the agent's name.
Hash chain_start(const JournalId& journal, std::string_view agent);

/// BLAKE2b-256 over previous hash, sequence and every field of the row: integers as 64 bits
/// big-endian, texts as 64-bit length and bytes, a pass as 1, id, revision, an absent one as 0.
Hash chain_hash(const Hash& previous, std::int64_t sequence, const Event& event);

/// Consecutive rows that went, and what the chain says at both ends.
struct Hole {
    std::int64_t first = 0;
    std::int64_t last = 0;
    Hash before{};  ///< hash of the row before `first`
    Hash after{};   ///< hash of `last`: what the row after it continues
};

/// BLAKE2b-256 over the label "creneau-holes-1" and every hole: first, last, before, after.
Hash holes_hash(const std::vector<Hole>& holes);

}  // namespace creneau::door
