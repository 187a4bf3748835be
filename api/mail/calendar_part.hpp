#pragma once

#include "api/mail/facts.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"

#include <optional>

#include <tl/expected.hpp>

namespace creneau::mail {

/// The calendar file of a mail about a booking or a series, with what changes a calendar: not with
/// a request, its refusal or a code. Every date is an event under the UID of its booking, so that a
/// later mail about one date takes the place of what an earlier one about the series said.
[[nodiscard]] tl::expected<std::optional<CalendarPart>, FactsError> calendar_part(
    Template name, const BookingFacts& facts, const ClaimedMail& mail);

}  // namespace creneau::mail
