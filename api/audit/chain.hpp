#pragma once

#include "api/people/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::audit {

using people::PersonId;
using people::TownId;

/// What bookings and the estate went through, or who came in and what rights and keys did: each is
/// a chain of its own in a town and is kept as long as its kind is.
enum class Log : std::uint8_t { activity, security };

/// The word of the database: "activity", "security".
[[nodiscard]] std::string_view word_of(Log log);
/// Nothing when it is neither.
[[nodiscard]] std::optional<Log> log_of(std::string_view word);

/// One line: who did what to what, for whom and when. Ids and codes only: the words are at most 64
/// of a-z, 0-9, and _ . : - (the database refuses others).
struct Line {
    std::chrono::sys_seconds at;
    std::optional<PersonId> actor;     ///< none: the system itself
    std::optional<PersonId> for_whom;  ///< set when somebody acts for somebody
    std::string_view action;           ///< "booking_approved", …
    std::string_view subject_kind;     ///< "booking", "pass"
    std::int64_t subject = 0;
    std::string_view ground;  ///< a code
    Log log = Log::activity;
};

/// One of the two chains of a town.
struct ChainOf {
    TownId town{};
    Log log = Log::activity;

    bool operator==(const ChainOf&) const = default;
};

/// The lines of a chain from one id to another: those of a day, or those older than the chain.
struct Span {
    std::string day;  ///< UTC, "2026-12-05"
    std::int64_t first_id = 0;
    std::int64_t last_id = 0;
    std::int64_t count = 0;

    bool operator==(const Span&) const = default;
};

/// A day's seal; its own hash follows from it.
struct SealText {
    std::int64_t number = 0;
    Span span;
    std::string last_hash;      ///< of the day's last line
    std::string previous_hash;  ///< of the seal before; of the first one: how the chain began
    std::chrono::sys_seconds sealed_at;
};

// BLAKE2b-256 of the forms in api/audit/FORMAT.md, as 64 hexadecimal digits.

/// What the first line of a chain follows: the lines that are older than it (none: an empty Span).
[[nodiscard]] std::string hash_of_beginning(const ChainOf& chain, const Span& older);
/// `previous`: the hash of the line before, or of the beginning.
[[nodiscard]] std::string hash_of_line(std::string_view previous, TownId town, std::int64_t id,
                                       const Line& line);
[[nodiscard]] std::string hash_of_seal(const ChainOf& chain, const SealText& seal);

}  // namespace creneau::audit
