#pragma once

#include "api/mail/facts.hpp"
#include "api/mail/message_store.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::mail {

/// What of a message's code stands in its letter.
struct LetterPass {
    std::optional<qr::PassBytes>
        bytes;              ///< none: it cannot be signed yet, or is not for the reader
    bool withheld = false;  ///< the letter is a copy for somebody else than its holder
};

/// The message as a letter on paper: a PDF in its reader's language, with the text of the mail and
/// the code where there is one. Nothing of it is kept. The error names what is wrong with the row.
[[nodiscard]] tl::expected<std::string, FactsError> compose_letter(const KeptMessage& message,
                                                                   const LetterPass& pass);

}  // namespace creneau::mail
