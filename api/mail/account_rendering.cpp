#include "api/mail/account_rendering.hpp"

#include "api/mail/account_facts.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/template_words.hpp"

#include <string>
#include <utility>

#include <kainjow/mustache.hpp>

namespace creneau::mail {

namespace mustache = kainjow::mustache;

RenderedMail render_account(Template name, Language language, const AccountFacts& facts,
                            const AccountSecret& secret) {
    mustache::data data{mustache::data::type::object};
    data.set("reader", facts.reader);
    data.set("code", secret.code);
    data.set("has_site", !secret.site.empty());
    data.set("site", secret.site);
    data.set("association", facts.association);
    data.set("account", std::to_string(facts.account));
    const auto day = parse_local_date(facts.day);
    data.set("day", day ? day_words(*day, language) : "");
    data.set("town", facts.town);
    data.set("service", facts.service);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
    return fill_in(name, language, std::move(data));
}

}  // namespace creneau::mail
