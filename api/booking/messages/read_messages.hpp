#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/mail/message_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::booking {

/// The messages about a booking and its series, for the office. `unknown_booking` for who may not
/// see the booking.
[[nodiscard]] Outcome<std::vector<mail::KeptMessage>> list_messages(store::Session& session,
                                                                    const people::Person& reader,
                                                                    TownId town, BookingId booking,
                                                                    const mail::MessagePage& page);

/// The letters that are still to be printed, for the office; of a part of the town, those about its
/// rooms.
[[nodiscard]] Outcome<std::vector<mail::KeptMessage>> list_letters(store::Session& session,
                                                                   const people::Person& reader,
                                                                   TownId town,
                                                                   const mail::MessagePage& page);

/// What did not arrive, newest first, for the office in the same way.
[[nodiscard]] Outcome<std::vector<mail::KeptMessage>> list_undelivered(
    store::Session& session, const people::Person& reader, TownId town,
    const mail::MessagePage& page);

/// Whether somebody is the office of what a message is about, or of the whole town.
[[nodiscard]] bool is_office_of(store::Session& session, const people::Person& reader, TownId town,
                                const mail::KeptMessage& message);

/// What of a message's code its reader gets.
enum class CodeShown : std::uint8_t {
    none,       ///< it carries none
    to_holder,  ///< the reader holds the pass
    to_office,  ///< to put it into an envelope: its holder has no e-mail address
    withheld,   ///< the holder has it by e-mail
};

struct OpenedMessage {
    mail::KeptMessage message;
    CodeShown code = CodeShown::none;
};

/// A message for its reader, for who may see its booking, and for the office.
[[nodiscard]] Outcome<OpenedMessage> open_message(store::Session& session,
                                                  const people::Person& reader, TownId town,
                                                  std::int64_t message);

}  // namespace creneau::booking
