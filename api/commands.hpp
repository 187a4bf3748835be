#pragma once

#include "api/config.hpp"

#include <filesystem>
#include <string>

namespace creneau {

/// The commands of creneau-api beside serving. Each prints what it did on stdout, what was wrong on
/// stderr with its place, and returns the exit status: 0 done, 1 refused.

/// Applies the missing migrations.
int migrate_command(const Config& config);

/// Loads a town from a JSON file: all of it or nothing, every error at once by JSON pointer. What
/// was changed in the application since stands in the way unless it is to be overwritten.
int import_command(const Config& config, const std::filesystem::path& file, bool overwrite_edits);

/// After a backup or a restore: says that the files of papers are not in it, and which are missing.
int paper_files_command(const Config& config);

/// Compares the bookings to come with the time zone database of this machine and moves those whose
/// local times name other instants by now. Names those that could not go there.
int recompute_times_command(const Config& config);

/// Looks for damage in the database and in what accounts rest on, one line a check; 1 when
/// anything is wrong.
int doctor_command(const Config& config);

/// Sets a person's password, read as one line from stdin so that it stands in no process list.
int set_password_command(const Config& config, const std::string& email);

/// Takes a person's second factor away, for who has lost it and has no administrator to ask.
int reset_second_factor_command(const Config& config, const std::string& email);

/// Makes an administrator count as a second person at once, in a town whose others are as new.
int settle_command(const Config& config, const std::string& email);

/// Writes the signed policy of a door agent, made by creneau-signer; the file is replaced in one
/// step.
int policy_export_command(const Config& config, const std::string& agent,
                          const std::filesystem::path& out);

}  // namespace creneau
