#pragma once

#include <span>
#include <string_view>

namespace creneau::booking {

/// Why a request is refused or a booking given up: an entry of a closed list.
struct Ground {
    std::string_view code;  ///< stable word, stored and sent
    std::string_view label_fr;
    std::string_view label_en;
    bool text_needed = false;  ///< the label alone does not say why
    bool office_only = true;
};

/// Lawful grounds of a refusal: those of article L2144-3 of the CGCT, and what follows from the
/// rules that the council set for everybody.
[[nodiscard]] std::span<const Ground> refusal_grounds();

/// Grounds of a cancellation; the first is the booker's own wish.
[[nodiscard]] std::span<const Ground> cancellation_grounds();

/// Nothing when the list has no such code.
[[nodiscard]] const Ground* find_ground(std::span<const Ground> list, std::string_view code);

}  // namespace creneau::booking
