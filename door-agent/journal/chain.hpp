#pragma once

#include "door-agent/journal/event.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace creneau::door {

using Hash = std::array<std::uint8_t, 32>;
using JournalId = std::array<std::uint8_t, 16>;

/// What the first row of a journal carries as its previous hash: BLAKE2b-256 of the label
/// "creneau-journal-1", the journal's id and the agent's name.
Hash chain_start(const JournalId& journal, std::string_view agent);

/// BLAKE2b-256 over previous hash, sequence and every field of the row: integers as 64 bits
/// big-endian, texts as 64-bit length and bytes, a pass as 1, id, revision, an absent one as 0.
Hash chain_hash(const Hash& previous, std::int64_t sequence, const Event& event);

}  // namespace creneau::door
