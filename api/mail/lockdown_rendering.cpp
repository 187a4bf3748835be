#include "api/mail/lockdown_rendering.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/lockdown_facts.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/template_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <kainjow/mustache.hpp>

namespace creneau::mail {
namespace {

namespace mustache = kainjow::mustache;

struct GroundWords {
    std::string_view word;
    const char* fr;
    const char* en;
};
constexpr std::array<GroundWords, 5> kGrounds{{
    {"threat", "menace", "threat"},
    {"intrusion", "intrusion", "intrusion"},
    {"accident", "accident", "accident"},
    {"authority_order", "ordre d'une autorité", "order of an authority"},
    {"drill", "exercice", "drill"},
}};

std::string ground_words(const std::string& ground, Language language) {
    const auto* const found = std::ranges::find(kGrounds, ground, &GroundWords::word);
    if (found == kGrounds.end()) {
        return ground;
    }
    return language == Language::en ? found->en : found->fr;
}

}  // namespace

RenderedMail render_lockdown(Language language, const LockdownFacts& facts, Medium medium) {
    mustache::data data{mustache::data::type::object};
    data.set("site", facts.site);
    data.set("ground", ground_words(facts.ground, language));
    data.set("ended", facts.ended);
    data.set("moment", moment_words_of(facts.local_at, language));
    data.set("town", facts.town);
    data.set("service", facts.service);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
    if (!facts.help_contact.empty()) {
        data.set("helps", help_list({{facts.site, facts.help_contact, facts.help_hours}}));
    }
    return fill_in(Template::site_lockdown, language, std::move(data), medium);
}

}  // namespace creneau::mail
