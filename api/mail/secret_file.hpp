#pragma once

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::mail {

enum class SecretFileError : std::uint8_t {
    unreadable,          ///< absent, a symbolic link, not a file, not readable
    readable_by_others,  ///< its group or others have a right on it
    empty,
    too_long,  ///< more than 1024 bytes
};

[[nodiscard]] std::string sentence_for(SecretFileError error);

/// The first line of a file that only its owner may touch, without its line end.
[[nodiscard]] tl::expected<std::string, SecretFileError> read_secret_file(const std::string& path);

}  // namespace creneau::mail
