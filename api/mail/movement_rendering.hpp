#pragma once

#include "api/mail/date_words.hpp"
#include "api/mail/movement_facts.hpp"
#include "api/mail/rendering.hpp"

namespace creneau::mail {

/// The mail to somebody who has to know of an arrival or a departure, in one language.
[[nodiscard]] RenderedMail render_movement(Language language, const MovementFacts& facts,
                                           Medium medium = Medium::mail);

}  // namespace creneau::mail
