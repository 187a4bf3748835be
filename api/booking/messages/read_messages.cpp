#include "api/booking/messages/read_messages.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/mail/message_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
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

/// To somebody whose data is restricted: a letter has their address.
bool is_kept_from_reader(store::Session& session, TownId town, const people::Person& reader,
                         const mail::KeptMessage& message) {
    return !message.association_id &&
           !people::may_use_data(reader,
                                 people::is_restricted(session, town, PersonId{message.person_id}));
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

/// Only what is about their rooms, for the office of a part of the town.
mail::MessagePage within_reach(const people::Person& reader, mail::MessagePage page) {
    if (!is_office(reader)) {
        auto& rooms = page.rooms.emplace();
        for (const RoomId room : rooms_as_office(reader)) {
            rooms.push_back(static_cast<std::int64_t>(room));
        }
    }
    return page;
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
    if (!may_follow_messages(reader)) {
        return refuse(Refusal::not_allowed);
    }
    auto seen = within_reach(reader, page);
    seen.restricted = people::may_use_data(reader, true);
    return mail::letters_to_print(session, static_cast<std::int64_t>(town), seen);
}

Outcome<std::vector<mail::KeptMessage>> list_undelivered(store::Session& session,
                                                         const people::Person& reader, TownId town,
                                                         const mail::MessagePage& page) {
    if (!may_follow_messages(reader)) {
        return refuse(Refusal::not_allowed);
    }
    return mail::undelivered(session, static_cast<std::int64_t>(town), within_reach(reader, page));
}

bool is_office_of(store::Session& session, const people::Person& reader, TownId town,
                  const mail::KeptMessage& message) {
    if (is_office(reader)) {
        return true;
    }
    const auto view = message.booking_id
                          ? select_view(session, town, BookingId{*message.booking_id})
                          : std::nullopt;
    const auto series = message.series_id
                            ? select_series(session, town, SeriesId{*message.series_id})
                            : std::nullopt;
    return (view && is_office(reader, view->booking.room)) ||
           (series && is_office(reader, series->room)) ||
           (message.room_id && is_office(reader, RoomId{*message.room_id}));
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
    const auto series =
        found->series_id ? select_series(session, town, SeriesId{*found->series_id}) : std::nullopt;
    const bool is_readers = is_addressed || (view && may_see(reader, view->booking)) ||
                            (series && may_see(reader, *series));
    const bool is_own = is_addressed || (view && owns(reader, view->booking));
    const bool is_kept_from = !is_own && is_kept_from_reader(session, town, reader, *found);
    if ((!is_readers && !is_office_of(session, reader, town, *found)) || is_kept_from) {
        return refuse(Refusal::unknown_booking);
    }
    const CodeShown code = code_for(reader, *found, view);
    return OpenedMessage{*std::move(found), code};
}

}  // namespace creneau::booking
