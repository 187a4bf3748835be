#pragma once

#include "api/mail/account_rendering.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/mailer.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::mail {

/// A mail ready to leave.
struct ComposedMail {
    Envelope envelope;
    std::string message;             ///< CRLF
    std::chrono::sys_seconds start;  ///< of the booking it is about, else when it was made
};

/// Makes the mail of a claimed row, in its reader's language, with the code of `pass` when there is
/// one; without it, a row with a credential says that the code will follow. The same row gives
/// the same bytes, so that a repeat is the same mail. The error names what is wrong with the row.
[[nodiscard]] tl::expected<ComposedMail, FactsError> compose_mail(
    const ClaimedMail& mail, const Mailbox& from, const std::optional<qr::PassBytes>& pass);

/// The same of a row about an account, which carries the code of `secret`.
[[nodiscard]] tl::expected<ComposedMail, FactsError> compose_account_mail(
    const ClaimedMail& mail, const Mailbox& from, const AccountSecret& secret);

}  // namespace creneau::mail
