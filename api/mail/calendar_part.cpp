#include "api/mail/calendar_part.hpp"

#include "api/documents/booking_calendar.hpp"
#include "api/documents/feed_calendar.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/series_calendar.hpp"
#include "api/mail/series_feed.hpp"
#include "api/mail/template_words.hpp"
#include "api/store/column.hpp"

#include <algorithm>
#include <cstddef>
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
        case Template::series_received:
        case Template::booking_closure:
        case Template::series_closure:
        case Template::wait_joined:
        case Template::wait_ended:
        case Template::hold_placed:
        case Template::wait_offered:
        case Template::hold_withdrawn:
        case Template::hold_expired:
        case Template::offer_lapsed:
        case Template::pass_ready:
        case Template::round_result:
        case Template::round_wish:
        case Template::booking_reminder:
        case Template::paper_expiring:
        case Template::pass_handed:
        case Template::news:
        case Template::account_invitation:
        case Template::account_password_reset:
        case Template::account_sign_in_code:
        case Template::account_password_set:
        case Template::account_second_factor_on:
        case Template::account_second_factor_reset:
        case Template::account_recovery_code_used:
        case Template::account_address_changed:
        case Template::account_managers_changed:
        case Template::account_rights_watched:
        case Template::account_unused:
        case Template::staff_movement:
        case Template::site_lockdown:
        case Template::door_alarm:
            return std::nullopt;
        case Template::booking_approved:
        case Template::booking_moved:
        case Template::booking_released:
        case Template::booking_retimed:
        case Template::series_approved:
        case Template::series_moved:
        case Template::series_retimed:
            return CalendarMethod::publish;
        case Template::booking_refused:
        case Template::booking_cancelled:
        case Template::series_refused:
        case Template::series_cancelled:
            return CalendarMethod::cancel;
    }
    return std::nullopt;
}

documents::Organizer organizer_of(const BookingFacts& facts) {
    return {facts.service, facts.town_email};
}

std::string booking_number(const BookingFacts& facts, Language language) {
    return fmt::format("{}{}",
                       language == Language::en ? "Booking number: " : "Numéro de réservation : ",
                       facts.booking_id);
}

/// The booking that the facts are of, which belongs to no series.
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
            .description = event_text(facts, facts.purpose,
                                      booking_number(facts, language_of(mail.locale)), mail.locale),
            .organizer = organizer_of(facts)};
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

/// The series, and those that edits split it from or into: its dates may have been theirs.
Part series_part(const BookingFacts& facts, const ClaimedMail& mail) {
    std::vector<documents::FeedSeries> all;
    for (const SeriesCalendar& series : mail.series) {
        all.push_back(feed_series_of(series, facts, mail));
    }
    if (all.empty() || all.front().dates.empty()) {
        return std::optional<CalendarPart>();
    }
    return part_of(documents::series_calendar(all, organizer_of(facts)), CalendarMethod::publish);
}

/// One date of a series.
Part date_part(const BookingFacts& facts, CalendarMethod method, const ClaimedMail& mail) {
    const SeriesCalendar& series = mail.series.front();
    const auto date = std::ranges::find(series.dates, facts.booking_id, &SeriesDate::booking_id);
    if (date == series.dates.end()) {
        return std::optional<CalendarPart>();  // given up so long ago that no calendar shows it
    }
    auto feed = feed_series_of(series, facts, mail);
    feed.dates = {feed.dates[static_cast<std::size_t>(date - series.dates.begin())]};
    return part_of(documents::date_calendar(feed, method, organizer_of(facts)), method);
}

/// Whether a request that is refused was in a mail's file before, as one that was approved and then
/// moved was. Nobody has one in a calendar that was only received (sequence 0) and refused (1).
bool was_published(const BookingFacts& facts, const ClaimedMail& mail) {
    const auto was_date_published = [](const SeriesDate& date) {
        const bool is_request = date.status == "pending" || date.status == "refused";
        return !is_request || date.sequence > (date.status == "refused" ? 1 : 0);
    };
    return mail.series.empty()
               ? facts.sequence > 1
               : std::ranges::any_of(mail.series, [&](const SeriesCalendar& series) {
                     return std::ranges::any_of(series.dates, was_date_published);
                 });
}

bool is_refusal(Template name) {
    return name == Template::booking_refused || name == Template::series_refused;
}

}  // namespace

bool has_calendar(const std::string& template_word) {
    const auto name = template_of(template_word);
    return name && calendar_method(*name);
}

Part calendar_part(Template name, const BookingFacts& facts, const ClaimedMail& mail) {
    const auto method = calendar_method(name);
    if (!method || (is_refusal(name) && !was_published(facts, mail))) {
        return std::optional<CalendarPart>();
    }
    if (facts.series) {
        return series_part(facts, mail);
    }
    if (!mail.series.empty()) {
        return date_part(facts, *method, mail);
    }
    return part_of(documents::booking_calendar(event_of(facts, *method, mail)), *method);
}

}  // namespace creneau::mail
