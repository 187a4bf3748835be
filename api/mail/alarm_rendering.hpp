#pragma once

#include "api/mail/alarm_facts.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/rendering.hpp"

namespace creneau::mail {

/// The mail about alarms of doors and agents, in one language.
[[nodiscard]] RenderedMail render_alarms(Language language, const AlarmFacts& facts,
                                         Medium medium = Medium::mail);

}  // namespace creneau::mail
