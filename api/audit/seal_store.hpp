#pragma once

#include "api/audit/chain.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::audit {

// SQL of seals and of the lines that they cover, each query within one town.

/// A seal as the database has it.
struct KeptSeal {
    SealText text;
    std::string hash;
    std::optional<std::chrono::sys_seconds> purged_at;  ///< its lines are deleted, some may be left
    bool emptied = false;                               ///< none is left
};

/// From `first` on, at most `limit` seals in their order; number 0 stands for the lines that are
/// older than the chain, where there are any, and has no hashes.
[[nodiscard]] std::vector<KeptSeal> select_seals(store::Session& session, const ChainOf& chain,
                                                 std::int64_t first, std::int64_t limit);
[[nodiscard]] std::optional<KeptSeal> select_last_seal(store::Session& session,
                                                       const ChainOf& chain);
void insert_seal(store::Session& session, const ChainOf& chain, const KeptSeal& seal);

/// How the chain began: see hash_of_beginning().
[[nodiscard]] std::string select_beginning(store::Session& session, const ChainOf& chain);

/// When the first line after `id` was written; nothing where it is the last one.
[[nodiscard]] std::optional<std::chrono::sys_seconds> first_line_after(store::Session& session,
                                                                       const ChainOf& chain,
                                                                       std::int64_t id);

struct Run {
    Span span;  ///< its day: the latest of its lines
    std::string last_hash;
};
/// The lines after `id` up to the first that was not written within [from, until), which there are
/// some of.
[[nodiscard]] Run select_run(store::Session& session, const ChainOf& chain, std::int64_t id,
                             std::chrono::sys_seconds from, std::chrono::sys_seconds until);

/// Of what is not emptied yet, the seal of the earliest day.
[[nodiscard]] std::optional<KeptSeal> select_earliest(store::Session& session,
                                                      const ChainOf& chain);
void mark_purged(store::Session& session, const ChainOf& chain, std::int64_t number,
                 std::chrono::sys_seconds now);
/// Deletes the first lines of a purged span, `most` at most, with what refers to them; true when
/// none is left, which it notes.
[[nodiscard]] bool delete_lines(store::Session& session, const ChainOf& chain,
                                const SealText& purged, std::int64_t most);

/// For how many months the town keeps its activity.
[[nodiscard]] std::int64_t select_audit_months(store::Session& session, TownId town);
/// For how many months it keeps its security log, where it says so.
[[nodiscard]] std::optional<std::int64_t> select_security_months(store::Session& session,
                                                                 TownId town);
/// All towns of the database, by id.
[[nodiscard]] std::vector<TownId> select_towns(store::Session& session);

}  // namespace creneau::audit
