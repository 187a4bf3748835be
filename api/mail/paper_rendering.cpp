#include "api/mail/paper_rendering.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/paper_facts.hpp"
#include "api/mail/rendering.hpp"

#include <string>
#include <utility>

#include <kainjow/mustache.hpp>

namespace creneau::mail {
namespace {

namespace mustache = kainjow::mustache;

std::string day_of(const std::string& date, Language language) {
    const auto day = parse_local_date(date);
    return day ? day_words(*day, language) : std::string();
}

}  // namespace

RenderedMail render_paper(Language language, const PaperFacts& facts, Medium medium) {
    mustache::data data{mustache::data::type::object};
    data.set("paper", language == Language::en ? facts.paper.en : facts.paper.fr);
    data.set("expired", facts.expired);
    data.set("day", day_of(facts.valid_until, language));
    data.set("first_day", day_of(facts.first_day, language));
    data.set("has_first_day", !facts.first_day.empty());
    data.set("association", facts.association);
    data.set("has_association", !facts.association.empty());
    data.set("booker", facts.booker);
    data.set("town", facts.town);
    data.set("service", facts.service);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
    data.set("helps", help_list(facts.helps));
    return fill_in(Template::paper_expiring, language, std::move(data), medium);
}

}  // namespace creneau::mail
