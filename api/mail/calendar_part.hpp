#pragma once

#include "api/mail/facts.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"

#include <optional>

#include <tl/expected.hpp>

namespace creneau::mail {

/// Whether mails of that template have a calendar file, where their booking is one.
[[nodiscard]] bool has_calendar(const std::string& template_word);

/// The calendar file of a mail about a booking or a series, with what changes a calendar: not with
/// a request, the refusal of what no mail published, or a code. A series is all of it as it stands
/// when the mail leaves, and a date of it stands under the UID of the series with its
/// RECURRENCE-ID, both as feeds have them: whoever reads mails and a feed sees each date once.
[[nodiscard]] tl::expected<std::optional<CalendarPart>, FactsError> calendar_part(
    Template name, const BookingFacts& facts, const ClaimedMail& mail);

}  // namespace creneau::mail
