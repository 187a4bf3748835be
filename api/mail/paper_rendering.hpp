#pragma once

#include "api/mail/date_words.hpp"
#include "api/mail/paper_facts.hpp"
#include "api/mail/rendering.hpp"

namespace creneau::mail {

/// The mail about a paper's last day, in one language.
[[nodiscard]] RenderedMail render_paper(Language language, const PaperFacts& facts,
                                        Medium medium = Medium::mail);

}  // namespace creneau::mail
