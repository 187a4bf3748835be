#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace creneau::door {

/// The bytes of a file of at most `most` bytes; absent when missing, unreadable or longer.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> read_whole(const std::filesystem::path& file,
                                                                  std::size_t most);

/// Puts `bytes` at `file` so that at any instant it holds either its old content or all of the
/// new: written beside it, synced, renamed, folder synced. Empty, or why it could not be done.
[[nodiscard]] std::string replace_file(const std::filesystem::path& file,
                                       std::span<const std::uint8_t> bytes);

}  // namespace creneau::door
