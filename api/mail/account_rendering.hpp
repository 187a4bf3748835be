#pragma once

#include "api/mail/account_facts.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/template_words.hpp"

#include <string>

namespace creneau::mail {

/// What a mail about an account holds besides its facts, and no row keeps.
struct AccountSecret {
    std::string code;  ///< "" when the mail carries none
    std::string site;  ///< the town's address on the web; "" when none is configured
};

[[nodiscard]] RenderedMail render_account(Template name, Language language,
                                          const AccountFacts& facts, const AccountSecret& secret);

}  // namespace creneau::mail
