#pragma once

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/rendering.hpp"

#include <string>
#include <vector>

#include <kainjow/mustache.hpp>

namespace creneau::mail {

/// Fills the files of a template in with `data` and the partials. Throws when one is broken.
[[nodiscard]] RenderedMail fill_in(Template name, Language language, kainjow::mustache::data data,
                                   Medium medium = Medium::mail);

/// "samedi 5 décembre 2026 de 18 h 30 à 21 h"; empty when either is no local time.
[[nodiscard]] std::string slot_words_of(const std::string& from, const std::string& until,
                                        Language language);

/// "samedi 5 décembre 2026 à 18 h", "Saturday 5 December 2026 at 18:00"; empty when it is no local
/// time.
[[nodiscard]] std::string moment_words_of(const std::string& local, Language language);

/// Whom to call at each site, for the end of every mail.
[[nodiscard]] kainjow::mustache::data help_list(const std::vector<SiteHelp>& helps);

}  // namespace creneau::mail
