#pragma once

#include "api/mail/date_words.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/round_facts.hpp"

namespace creneau::mail {

/// Fills in api/mail/templates/round_result.*, as render() does.
[[nodiscard]] RenderedMail render_round(Language language, const RoundFacts& facts,
                                        Medium medium = Medium::mail);

/// The same of api/mail/templates/round_wish.*.
[[nodiscard]] RenderedMail render_wish(Language language, const WishFacts& facts,
                                       Medium medium = Medium::mail);

}  // namespace creneau::mail
