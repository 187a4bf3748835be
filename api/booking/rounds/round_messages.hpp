#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/mail/message_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

/// What associations were told of a round and what became of each message, for the office.
/// `unknown` for who may not see the round.
[[nodiscard]] RoundOutcome<std::vector<mail::KeptMessage>> list_round_messages(
    store::Session& session, const people::Person& reader, TownId town, RoundId round,
    const mail::MessagePage& page);

}  // namespace creneau::booking
