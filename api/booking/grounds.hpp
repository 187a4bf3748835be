#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace creneau::booking {

/// Why a request may be refused, or an approved booking taken back by the office: a closed list.
struct Ground {
    std::string_view code;  ///< stable word, stored and sent
    std::string_view label_fr;
    std::string_view label_en;
    bool text_needed = false;  ///< the label alone does not say why
};

/// Grounds of a refusal.
[[nodiscard]] std::span<const Ground> refusal_grounds();

/// Grounds of a cancellation; `booker_request` is the booker's own.
[[nodiscard]] std::span<const Ground> cancellation_grounds();

[[nodiscard]] const Ground* find_refusal_ground(std::string_view code);
[[nodiscard]] const Ground* find_cancellation_ground(std::string_view code);

}  // namespace creneau::booking
