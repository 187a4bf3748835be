#include "api/booking/rounds/round_messages.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/mail/message_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <vector>

namespace creneau::booking {

RoundOutcome<std::vector<mail::KeptMessage>> list_round_messages(store::Session& session,
                                                                 const people::Person& reader,
                                                                 TownId town, RoundId round,
                                                                 const mail::MessagePage& page) {
    const auto found = find_round(session, town, reader, round);
    if (!found) {
        return tl::unexpected(found.error());
    }
    if (!is_office(reader)) {
        return refuse(RoundRefusal::not_allowed);
    }
    return mail::messages_about_round(session, static_cast<std::int64_t>(town),
                                      static_cast<std::int64_t>(round), page);
}

}  // namespace creneau::booking
