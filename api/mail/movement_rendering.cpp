#include "api/mail/movement_rendering.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/movement_facts.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/template_words.hpp"

#include <string>
#include <utility>

#include <kainjow/mustache.hpp>

namespace creneau::mail {
namespace {

namespace mustache = kainjow::mustache;

}  // namespace

RenderedMail render_movement(Language language, const MovementFacts& facts, Medium medium) {
    mustache::data duties{mustache::data::type::list};
    for (const std::string& duty : facts.duties) {
        duties.push_back(mustache::data{"duty", duty});
    }
    mustache::data data{mustache::data::type::object};
    data.set("reader", facts.reader);
    data.set("person", facts.person);
    data.set("arrival", facts.arrival);
    data.set("department", facts.department);
    data.set("has_department", !facts.department.empty());
    data.set("has_duties", !facts.duties.empty());
    data.set("duties", duties);
    data.set("moment", moment_words_of(facts.local_at, language));
    data.set("for_manager", facts.step == "line_manager");
    data.set("for_it", facts.step == "it");
    data.set("for_access", facts.step == "access");
    data.set("reminder", facts.reminder);
    data.set("corrected", facts.corrected);
    data.set("withdrawn", facts.withdrawn);
    data.set("town", facts.town);
    data.set("service", facts.service);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
    return fill_in(Template::staff_movement, language, std::move(data), medium);
}

}  // namespace creneau::mail
