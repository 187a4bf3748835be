#pragma once

#include "api/documents/feed_calendar.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/series_calendar.hpp"

#include <cstdint>
#include <string>

namespace creneau::mail {

/// The series as a feed of the mail's reader has it, with what a mail adds: whom to call.
[[nodiscard]] documents::FeedSeries feed_series_of(const SeriesCalendar& series,
                                                   const BookingFacts& facts,
                                                   const ClaimedMail& mail);

/// What the event says below its place: `number` is what the office asks for.
[[nodiscard]] std::string event_text(const BookingFacts& facts, const std::string& purpose,
                                     const std::string& number, const std::string& locale);

}  // namespace creneau::mail
