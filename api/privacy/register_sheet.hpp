#pragma once

#include "api/people/ids.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::privacy {

/// The town's record of processing (article 30 of the GDPR) in Markdown: who answers for it, which
/// data serves what, who receives it, for how long it is kept and by which decision, and what
/// people may ask for. From the settings as they are now.
[[nodiscard]] std::string register_sheet(store::Session& session, people::TownId town,
                                         people::Locale locale);

}  // namespace creneau::privacy
