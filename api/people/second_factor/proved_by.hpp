#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::people {

/// What somebody's last proof of who they are rested on, from the weakest on.
enum class ProvedBy : std::uint8_t {
    code,           ///< one by mail
    password,       ///< alone
    second_factor,  ///< and the password
};

/// The word of the database: "code", "password", "second_factor".
[[nodiscard]] std::string_view word_of(ProvedBy proved);
[[nodiscard]] std::optional<ProvedBy> proved_by_of(std::string_view word);

}  // namespace creneau::people
