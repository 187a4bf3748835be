#pragma once

#include "api/booking/affair.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/legal_facts.hpp"

#include <chrono>
#include <optional>

namespace creneau::booking {

/// When what a mail of this kind is about was asked for: a change that awaits an answer when its
/// booker made it; anything else with the booking.
[[nodiscard]] std::chrono::sys_seconds received_at(const Affair& affair, mail::Template name);

/// What the law wants said in a mail of this kind about the affair: of a request received, or of a
/// change that awaits an answer, what silence will mean; of a refusal how to contest it; nothing of
/// other mails.
[[nodiscard]] std::optional<mail::LegalFacts> legal_facts_of(const Affair& affair,
                                                             mail::Template name);

}  // namespace creneau::booking
