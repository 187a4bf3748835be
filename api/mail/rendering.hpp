#pragma once

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::mail {

/// A mail as people read it.
struct RenderedMail {
    std::string subject;
    std::string text;
    std::string html;
};

/// Fills the template in: api/mail/templates/NAME.LANGUAGE.txt.mustache, whose first line is the
/// subject, and NAME.LANGUAGE.html.mustache. `pass_cid` is the Content-ID of the picture, "" when
/// the mail carries no code: then it says that the code of the facts' pass number will follow, or,
/// without a pass number, how to get in without a code. Throws when an embedded
/// template is broken.
[[nodiscard]] RenderedMail render(Template name, Language language, const BookingFacts& facts,
                                  std::string_view pass_cid);

/// On paper nobody replies.
enum class Medium : std::uint8_t { mail, paper };

/// A letter as people read it.
struct RenderedLetter {
    std::string subject;
    std::string text;
};

/// What of a code is printed on the letter.
enum class PaperCode : std::uint8_t {
    none,      ///< nothing: there is none, or it follows
    shown,     ///< it stands at the end
    withheld,  ///< the letter is a copy for somebody else than its holder
};

/// The same template on paper: nothing is attached to it, and nobody replies to it.
[[nodiscard]] RenderedLetter render_letter(Template name, Language language,
                                           const BookingFacts& facts, PaperCode code);

}  // namespace creneau::mail
