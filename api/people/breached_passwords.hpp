#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::people {

/// A list of passwords that have been read by strangers: no account may have one. The file
/// (breached_file.hpp) is mapped into memory and shared by all threads.
class BreachedPasswords {
  public:
    /// With fewer it is no list worth the name.
    static constexpr std::uint64_t kFewest = 100'000;

    /// Reads the whole file once to see that it is complete; the error is a sentence for an
    /// operator that names the file.
    [[nodiscard]] static tl::expected<BreachedPasswords, std::string> open(
        const std::filesystem::path& file);

    /// Whether the list has the password as it is or in lower case (ASCII).
    [[nodiscard]] bool has(std::string_view password) const;

    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] const std::string& source() const { return source_; }
    [[nodiscard]] const std::string& date() const { return date_; }

  private:
    class Mapping;

    BreachedPasswords() = default;
    [[nodiscard]] bool has_entry(std::uint64_t entry) const;
    [[nodiscard]] std::uint64_t entry(std::uint64_t index) const;

    std::shared_ptr<const Mapping> mapping_;
    std::uint64_t count_ = 0;
    std::string source_;
    std::string date_;
};

}  // namespace creneau::people
