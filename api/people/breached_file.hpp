#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::people {

// A file of breached passwords, little-endian throughout:
//   "CRBREACH"  8 bytes
//   count       8 bytes
//   date        10 bytes, "2017-06-15": of the source
//   source      102 bytes, UTF-8, filled up with zero bytes
//   digest      32 bytes, BLAKE2b-256 of the entries
//   entries     8 bytes each, ascending: the first of a password's BLAKE2b-256, as a number
inline constexpr std::string_view kBreachedMagic = "CRBREACH";
inline constexpr std::size_t kBreachedDateSize = 10;
inline constexpr std::size_t kBreachedSourceSize = 102;
inline constexpr std::size_t kBreachedDigestSize = 32;
inline constexpr std::size_t kBreachedHeadSize =
    16 + kBreachedDateSize + kBreachedSourceSize + kBreachedDigestSize;

struct BreachedSource {
    std::string name;  ///< longer than its field it is cut
    std::string date;  ///< "2017-06-15"
};

/// What stands in the file for a password.
[[nodiscard]] std::uint64_t breached_entry_of(std::string_view password);

/// BLAKE2b-256 of the entries as they stand in a file.
[[nodiscard]] std::array<unsigned char, kBreachedDigestSize> breached_digest_of(
    std::string_view entries);

/// The bytes of a file that holds these entries, in any order and any of them repeated.
[[nodiscard]] std::string breached_file_of(std::vector<std::uint64_t> entries,
                                           const BreachedSource& source);

}  // namespace creneau::people
