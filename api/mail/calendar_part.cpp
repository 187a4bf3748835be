#include "api/mail/calendar_part.hpp"

#include "api/documents/booking_calendar.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/store/column.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

using documents::BookingEvent;
using documents::CalendarError;
using documents::CalendarMethod;
using store::instant;

std::optional<CalendarMethod> calendar_method(Template name) {
    switch (name) {
        case Template::booking_received:
        case Template::booking_refused:
        case Template::series_received:
        case Template::series_refused:
        case Template::booking_closure:
        case Template::series_closure:
        case Template::hold_placed:
        case Template::wait_offered:
        case Template::hold_withdrawn:
        case Template::offer_lapsed:
        case Template::pass_ready:
        case Template::round_result:
        case Template::booking_reminder:
        case Template::news:
            return std::nullopt;
        case Template::booking_approved:
        case Template::booking_moved:
        case Template::booking_retimed:
        case Template::series_approved:
        case Template::series_moved:
        case Template::series_retimed:
            return CalendarMethod::publish;
        case Template::booking_cancelled:
        case Template::series_cancelled:
            return CalendarMethod::cancel;
    }
    return std::nullopt;
}

std::string description_of(const BookingFacts& facts, std::int64_t booking, Language language) {
    return language == Language::en
               ? fmt::format("{}\nBooking number: {}\nIf you cannot get in, call: {} ({})",
                             facts.purpose, booking, facts.help_contact, facts.help_hours)
               : fmt::format(
                     "{}\nNuméro de réservation : {}\nSi vous ne pouvez pas entrer, "
                     "appelez : {} ({})",
                     facts.purpose, booking, facts.help_contact, facts.help_hours);
}

/// The booking that the facts are of.
BookingEvent event_of(const BookingFacts& facts, CalendarMethod method, const ClaimedMail& mail) {
    return {.booking_id = facts.booking_id,
            .town_key = mail.town_key,
            .sequence = facts.sequence,
            .method = method,
            .tentative = facts.status == "pending",
            .start = instant(facts.start_at),
            .end = instant(facts.end_at),
            .stamp = mail.created_at,
            .time_zone = facts.time_zone,
            .summary = fmt::format("{} ({})", facts.room, facts.site),
            .location = fmt::format("{}, {}, {}", facts.room, facts.site, facts.site_address),
            .description = description_of(facts, facts.booking_id, language_of(mail.locale)),
            .organizer_name = facts.service,
            .organizer_email = facts.town_email};
}

/// One date of a series, as far as it differs from the first.
BookingEvent event_of(const SeriesEvent& date, BookingEvent event, const BookingFacts& facts,
                      Language language) {
    event.booking_id = date.booking_id;
    event.sequence = date.sequence;
    event.tentative = date.pending;
    event.start = instant(date.start_at);
    event.end = instant(date.end_at);
    event.description = description_of(facts, date.booking_id, language);
    if (!date.place.empty()) {
        event.summary = date.place;
        event.location = date.place;
    }
    return event;
}

FactsError error_of(CalendarError error) {
    switch (error) {
        case CalendarError::unknown_time_zone:
            return {"time_zone", "is not known here"};
        case CalendarError::bad_interval:
            return {"end_at", "must be after start_at"};
        case CalendarError::bad_organizer:
            return {"town_email", "is not an address"};
    }
    return {};
}

using Part = tl::expected<std::optional<CalendarPart>, FactsError>;

Part part_of(tl::expected<std::string, CalendarError> text, CalendarMethod method) {
    if (!text) {
        return tl::unexpected(error_of(text.error()));
    }
    return CalendarPart{std::move(*text), std::string(documents::word_of(method))};
}

}  // namespace

Part calendar_part(Template name, const BookingFacts& facts, const ClaimedMail& mail) {
    const auto method = calendar_method(name);
    if (!method) {
        return std::optional<CalendarPart>();
    }
    const BookingEvent first = event_of(facts, *method, mail);
    if (!facts.series) {
        return part_of(documents::booking_calendar(first), *method);
    }
    if (facts.series->events.empty()) {
        return std::optional<CalendarPart>();
    }
    std::vector<BookingEvent> events;
    for (const SeriesEvent& date : facts.series->events) {
        events.push_back(event_of(date, first, facts, language_of(mail.locale)));
    }
    return part_of(documents::bookings_calendar(events), CalendarMethod::publish);
}

}  // namespace creneau::mail
