#pragma once

#include "api/config.hpp"

#include <filesystem>

namespace creneau {

/// Reads the mail of `source` ("-": standard input), or every mail of the Maildir that it is, and
/// notes which of the town's mails came back; prints a line for each. Answers the exit code.
[[nodiscard]] int bounces_command(const Config& config, const std::filesystem::path& source);

}  // namespace creneau
