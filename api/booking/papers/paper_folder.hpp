#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

/// The folder (0700) in which the files of papers rest (0600), each named by the BLAKE2b-256 of its
/// content in hexadecimal: no name that anybody sent becomes part of a path, and a file once
/// written is never changed. Any thread.
class PaperFolder {
  public:
    explicit PaperFolder(std::filesystem::path folder);

    /// Makes the folder where it is not there, for who is to write to it. Throws std::system_error.
    void prepare() const;

    /// Writes the bytes durably and answers their digest. What is there already is only marked as
    /// used now. Throws std::system_error.
    [[nodiscard]] std::string keep(std::string_view bytes) const;

    /// Whether the file is there.
    [[nodiscard]] bool has(const std::string& digest) const;

    /// `length` bytes from `from` on, fewer at the end. Nothing when there is no such file.
    [[nodiscard]] std::optional<std::string> read(const std::string& digest, std::uint64_t from,
                                                  std::size_t length) const;

    /// Removes what no row refers to and nobody has written since `before`, leftovers of
    /// interrupted writes included; answers how many. What is named otherwise stays.
    std::size_t sweep(const std::function<bool(const std::string& digest)>& is_used,
                      std::chrono::system_clock::time_point before) const;

    [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

  private:
    [[nodiscard]] std::filesystem::path place_of(const std::string& digest) const;

    std::filesystem::path folder_;
};

}  // namespace creneau::booking
