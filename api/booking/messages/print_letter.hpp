#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/mail/message_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>

namespace creneau::booking {

/// The office does something with a letter.
struct LetterChange {
    TownId town{};
    PersonId actor{};
    std::int64_t message = 0;
    std::chrono::sys_seconds now;
};

/// Notes that the letter is printed and on its way, for the office of what it is about.
/// `wrong_state` when it was printed before, or is none.
[[nodiscard]] Outcome<mail::KeptMessage> print_letter(store::Session& session,
                                                      const LetterChange& change);

/// Writes the audit line of a code that the office saw in a letter.
void record_code_seen(store::Session& session, const LetterChange& change);

}  // namespace creneau::booking
