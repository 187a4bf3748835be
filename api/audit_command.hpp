#pragma once

#include "api/config.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau {

/// Computes the audit of every town anew and compares its seals with the seals file; prints what
/// was verified, and the first thing of each log that is not as it was written. With a `day`
/// ("2026-12-05", UTC) only that day's lines. @returns 0 all is well, 1 not.
int audit_verify_command(const Config& config, const std::optional<std::string>& day);

/// Something that was done from the command line, for the security log.
struct CommandNote {
    std::string_view action;
    std::string_view ground = "command_line";
    std::string_view subject_kind = "town";
    std::optional<std::int64_t> subject = {};  ///< none: the town
};
/// Writes it for the town of the configuration. What was done is done: where the database cannot be
/// written, that is said on stderr and no more.
void note_in_audit(const Config& config, const CommandNote& note) noexcept;

/// Like note_in_audit, for every town of the database: it was copied.
void note_backup(const Config& config) noexcept;
/// The same of a restore, after which the seals file knows that later seals are others, and of the
/// ways in that were ended with it, if they were.
void note_restore(const Config& config, bool ways_in_ended) noexcept;

}  // namespace creneau
