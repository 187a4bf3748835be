#pragma once

#include "api/mail/date_words.hpp"
#include "api/mail/lockdown_facts.hpp"
#include "api/mail/rendering.hpp"

namespace creneau::mail {

/// The mail about a site's lockdown, in one language.
[[nodiscard]] RenderedMail render_lockdown(Language language, const LockdownFacts& facts,
                                           Medium medium = Medium::mail);

}  // namespace creneau::mail
