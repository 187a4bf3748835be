#pragma once

#include "api/audit/chain.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::audit {

/// A line as the database has it.
struct KeptLine {
    std::int64_t id = 0;
    std::chrono::sys_seconds at;
    std::optional<PersonId> actor;
    std::optional<PersonId> for_whom;
    std::string action;
    std::string subject_kind;
    std::int64_t subject = 0;
    std::string ground;
    std::string hash;  ///< empty: older than the chain
};

/// What hash_of_line() takes; it refers to `line`.
[[nodiscard]] Line line_of(const KeptLine& line, Log log);

/// The lines with ids within (after, last], in their order; at most `limit`.
[[nodiscard]] std::vector<KeptLine> select_lines(store::Session& session, const ChainOf& chain,
                                                 std::int64_t after, std::int64_t last,
                                                 std::int64_t limit);

/// What to list of a chain, newest first.
struct LineQuery {
    std::optional<std::chrono::sys_seconds> from;   ///< included
    std::optional<std::chrono::sys_seconds> until;  ///< excluded
    std::string subject_kind;                       ///< empty: of every kind
    std::int64_t subject = 0;                       ///< with a kind; 0: of each
    std::optional<std::int64_t> before;             ///< only older ids
    std::int64_t limit = 50;
};
[[nodiscard]] std::vector<KeptLine> select_newest(store::Session& session, const ChainOf& chain,
                                                  const LineQuery& query);

/// Of the first `last` ids: how many lines there are, and how many of them have no hash.
struct OlderLines {
    std::int64_t count = 0;
    std::int64_t unhashed = 0;
};
[[nodiscard]] OlderLines count_older(store::Session& session, const ChainOf& chain,
                                     std::int64_t last);

/// Lines that belong to no chain of any town: nothing of ours writes one.
[[nodiscard]] std::int64_t count_strays(store::Session& session);

}  // namespace creneau::audit
