#pragma once

#include "api/booking/affair.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/legal_facts.hpp"

#include <optional>

namespace creneau::booking {

/// What the law wants said in a mail of this kind about the affair: of a request received what
/// silence will mean, of a refusal how to contest it; nothing of other mails.
[[nodiscard]] std::optional<mail::LegalFacts> legal_facts_of(const Affair& affair,
                                                             mail::Template name);

}  // namespace creneau::booking
