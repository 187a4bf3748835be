#pragma once

#include "api/mail/facts.hpp"

#include <cstdint>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {

enum class Carries : std::uint8_t { nothing, code };

/// The facts of a row about a booking, with all that its template needs; `code`: carries or
/// announces one. The error names what is wrong with the row.
[[nodiscard]] tl::expected<BookingFacts, FactsError> checked_facts(Template name,
                                                                   std::string_view json,
                                                                   Carries carries);

}  // namespace creneau::mail
