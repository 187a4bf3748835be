#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/people/person.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

enum class PaperId : std::int64_t {};

/// What a room may ask of whoever books it.
enum class PaperKind : std::uint8_t { insurance, agreement, deposit };

inline constexpr std::array kPaperKinds{PaperKind::insurance, PaperKind::agreement,
                                        PaperKind::deposit};

/// The stable words of the database and the API.
std::string_view word_of(PaperKind kind);
std::optional<PaperKind> paper_kind_of(std::string_view word);

/// What people call it.
[[nodiscard]] Sentence name_of(PaperKind kind);

/// A paper of an association or of a person.
struct Paper {
    PaperId id{};
    access::Holder holder;
    PaperKind kind = PaperKind::insurance;
    std::string valid_from;   ///< local date, 'YYYY-MM-DD'
    std::string valid_until;  ///< local date, included; empty: no end
    std::chrono::sys_seconds recorded_at;
    people::PersonId recorded_by{};
    std::optional<std::chrono::sys_seconds> accepted_at;  ///< none: it does not count yet
    std::optional<people::PersonId> accepted_by;
};

}  // namespace creneau::booking
