#include "api/booking/messages/print_letter.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/messages/read_messages.hpp"
#include "api/mail/message_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string_view>

namespace creneau::booking {

namespace {

void record_letter(store::Session& session, const LetterChange& change, std::string_view action,
                   audit::Log log) {
    const auto message = store::present(
        mail::find_message(session, static_cast<std::int64_t>(change.town), change.message),
        "letter");
    audit::Line line;
    line.at = change.now;
    line.actor = change.actor;
    if (!message.association_id) {
        line.for_whom = PersonId{message.person_id};
    }
    line.action = action;
    line.subject_kind = "message";
    line.subject = change.message;
    line.log = log;
    audit::append(session, change.town, line);
}

}  // namespace

Outcome<mail::KeptMessage> print_letter(store::Session& session, const LetterChange& change) {
    const auto actor = people::find_person(session, change.town, change.actor);
    if (!actor || !may_follow_messages(*actor)) {
        return refuse(Refusal::not_allowed);
    }
    const auto town = static_cast<std::int64_t>(change.town);
    const auto letter = mail::find_message(session, town, change.message);
    const bool is_restricted =
        letter && !letter->association_id &&
        people::is_restricted(session, change.town, PersonId{letter->person_id});
    if (!letter || !is_office_of(session, *actor, change.town, *letter) ||
        !people::may_use_data(*actor, is_restricted)) {
        return refuse(Refusal::unknown_booking);
    }
    if (!mail::mark_printed(session, town, change.message, change.now)) {
        return refuse(Refusal::wrong_state);
    }
    record_letter(session, change, "letter_printed", audit::Log::activity);
    return store::present(mail::find_message(session, town, change.message), "printed letter");
}

void record_code_seen(store::Session& session, const LetterChange& change) {
    record_letter(session, change, "letter_code_seen", audit::Log::security);
}

}  // namespace creneau::booking
