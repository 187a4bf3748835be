#include "api/booking/messages/read_messages.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/view_store.hpp"
#include "api/mail/message_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// Of one that was overtaken nobody gets a code: the signer refuses what opens nothing any more.
bool is_letter(const mail::KeptMessage& message) {
    return message.state == mail::MessageState::letter ||
           message.state == mail::MessageState::printed ||
           message.state == mail::MessageState::superseded;
}

CodeShown code_for(const people::Person& reader, const mail::KeptMessage& message,
                   const std::optional<BookingView>& view) {
    if (!message.credential_id) {
        return CodeShown::none;
    }
    if (view && owns(reader, view->booking)) {
        return CodeShown::to_holder;
    }
    const bool is_theirs = view ? is_office(reader, view->booking.room) : is_office(reader);
    return is_theirs && is_letter(message) ? CodeShown::to_office : CodeShown::withheld;
}

}  // namespace

Outcome<std::vector<mail::KeptMessage>> list_messages(store::Session& session,
                                                      const people::Person& reader, TownId town,
                                                      BookingId booking,
                                                      const mail::MessagePage& page) {
    const auto view = find_booking(session, town, reader, booking);
    if (!view) {
        return tl::unexpected(view.error());
    }
    if (!is_office(reader, view->booking.room)) {
        return refuse(Refusal::not_allowed);
    }
    return mail::messages_about(session, static_cast<std::int64_t>(town),
                                static_cast<std::int64_t>(booking), page);
}

Outcome<std::vector<mail::KeptMessage>> list_letters(store::Session& session,
                                                     const people::Person& reader, TownId town,
                                                     const mail::MessagePage& page) {
    if (!is_office(reader)) {
        return refuse(Refusal::not_allowed);
    }
    return mail::letters_to_print(session, static_cast<std::int64_t>(town), page);
}

Outcome<OpenedMessage> open_message(store::Session& session, const people::Person& reader,
                                    TownId town, std::int64_t message) {
    auto found = mail::find_message(session, static_cast<std::int64_t>(town), message);
    if (!found) {
        return refuse(Refusal::unknown_booking);
    }
    const auto view = found->booking_id ? select_view(session, town, BookingId{*found->booking_id})
                                        : std::nullopt;
    const bool is_addressed = found->association_id
                                  ? reader.manages(AssociationId{*found->association_id})
                                  : PersonId{found->person_id} == reader.id;
    const bool is_readers = is_addressed || (view && may_see(reader, view->booking));
    if (!is_readers && !is_office(reader)) {
        return refuse(Refusal::unknown_booking);
    }
    const CodeShown code = code_for(reader, *found, view);
    return OpenedMessage{*std::move(found), code};
}

}  // namespace creneau::booking
