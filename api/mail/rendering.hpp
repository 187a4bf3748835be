#pragma once

#include "api/mail/facts.hpp"

#include <string>
#include <string_view>

namespace creneau::mail {

enum class Language { fr, en };

/// "fr" or "en", as people.locale holds them; any other word is French.
[[nodiscard]] Language language_of(std::string_view locale);
[[nodiscard]] std::string_view word_of(Language language);

/// A mail as people read it.
struct RenderedMail {
    std::string subject;
    std::string text;
    std::string html;
};

/// Fills the template in. `pass_cid` is the Content-ID of the picture, "" when the mail carries no
/// code: then it says how to get in without one. Throws when an embedded template is broken.
[[nodiscard]] RenderedMail render(Template name, Language language, const BookingFacts& facts,
                                  std::string_view pass_cid);

}  // namespace creneau::mail
