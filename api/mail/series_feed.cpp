#include "api/mail/series_feed.hpp"

#include "api/documents/feed_calendar.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/series_calendar.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include <cctz/time_zone.h>
#include <fmt/chrono.h>
#include <fmt/core.h>

namespace creneau::mail {
namespace {

using documents::EventStatus;

/// iCalendar's SEQUENCE has 32 bits.
std::int64_t fitting(std::int64_t sequence) {
    return std::min<std::int64_t>(sequence, std::numeric_limits<std::int32_t>::max());
}

EventStatus status_of(const std::string& status) {
    if (status == "approved") {
        return EventStatus::confirmed;
    }
    return status == "pending" ? EventStatus::tentative : EventStatus::cancelled;
}

/// The local date that many days later.
std::string later(const std::string& date, int days) {
    std::chrono::sys_seconds at;
    if (!cctz::parse("%Y-%m-%d", date, cctz::utc_time_zone(), &at)) {
        return date;
    }
    return cctz::format("%Y-%m-%d", at + std::chrono::days(days), cctz::utc_time_zone());
}

}  // namespace

std::string event_text(const BookingFacts& facts, const std::string& purpose,
                       const std::string& number, const std::string& locale) {
    return language_of(locale) == Language::en
               ? fmt::format("{}\n{}\nIf you cannot get in, call: {} ({})", purpose, number,
                             facts.help_contact, facts.help_hours)
               : fmt::format("{}\n{}\nSi vous ne pouvez pas entrer, appelez : {} ({})", purpose,
                             number, facts.help_contact, facts.help_hours);
}

documents::FeedSeries feed_series_of(const SeriesCalendar& series, const BookingFacts& facts,
                                     const ClaimedMail& mail) {
    documents::FeedSeries feed;
    feed.uid = fmt::format("series-{}@{}", series.series_id, mail.town_key);
    feed.sequence = fitting(series.sequence);
    feed.changed = mail.created_at;
    const std::string number = fmt::format(
        "{}{}", language_of(mail.locale) == Language::en ? "Series number: " : "Numéro de série : ",
        series.series_id);
    for (const SeriesDate& date : series.dates) {
        documents::FeedEvent event;
        event.uid = fmt::format("booking-{}@{}", date.booking_id, mail.town_key);
        event.sequence = fitting(date.sequence);
        event.changed = mail.created_at;
        event.start = date.start;
        event.end = date.end;
        event.time_zone = series.time_zone;
        event.status = status_of(date.status);
        event.summary = fmt::format("{} ({})", date.room, date.site);
        event.location = fmt::format("{}, {}, {}", date.room, date.site, date.site_address);
        event.description = event_text(facts, date.purpose, number, mail.locale);
        feed.dates.push_back({date.date + 'T' + series.start_time,
                              later(date.date, series.end_day_offset) + 'T' + series.end_time,
                              std::move(event)});
    }
    return feed;
}

}  // namespace creneau::mail
