#include "api/mail/alarm_rendering.hpp"

#include "api/mail/alarm_facts.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/template_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <kainjow/mustache.hpp>

namespace creneau::mail {
namespace {

namespace mustache = kainjow::mustache;

struct KindWords {
    std::string_view kind;
    std::string_view fr;
    std::string_view en;
};
constexpr std::array<KindWords, 7> kKinds{{
    {"forced", "Porte forcée", "Door forced"},
    {"held_open", "Porte restée ouverte", "Door held open"},
    {"foreign_write", "Intervention étrangère sur la serrure", "Somebody else drives the lock"},
    {"agent_offline", "Contrôleur hors ligne", "Door agent offline"},
    {"policy_stale", "Droits périmés au contrôleur", "Stale rights at the door agent"},
    {"clock_untrusted", "Horloge du contrôleur incertaine", "Door agent unsure of the time"},
    {"journal_filling", "Journal du contrôleur presque plein",
     "Journal of the door agent nearly full"},
}};

std::string words_of(const std::string& kind, Language language) {
    const auto* const known = std::ranges::find(kKinds, kind, &KindWords::kind);
    if (known == kKinds.end()) {
        return kind;
    }
    return std::string(language == Language::en ? known->en : known->fr);
}

mustache::data data_of(const AlarmItem& item, Language language) {
    mustache::data data{mustache::data::type::object};
    data.set("kind", words_of(item.kind, language));
    data.set("place", item.door.empty() ? item.agent : item.door);
    data.set("site", item.site);
    data.set("begun", moment_words_of(item.local_begun, language));
    data.set("over", !item.local_ended.empty());
    data.set("ended", moment_words_of(item.local_ended, language));
    return data;
}

}  // namespace

RenderedMail render_alarms(Language language, const AlarmFacts& facts, Medium medium) {
    mustache::data data = data_of(facts.items.front(), language);  // for the subject
    mustache::data items{mustache::data::type::list};
    for (const AlarmItem& item : facts.items) {
        items.push_back(data_of(item, language));
    }
    data.set("items", items);
    const auto count = static_cast<std::int64_t>(facts.items.size()) + facts.others;
    data.set("count", std::to_string(count));
    data.set("several", count > 1);
    data.set("has_others", facts.others > 0);
    data.set("others", std::to_string(facts.others));
    data.set("subscriber", facts.subscriber);
    data.set("town", facts.town);
    data.set("service", facts.service);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
    data.set("helps", help_list(facts.helps));
    return fill_in(Template::door_alarm, language, std::move(data), medium);
}

}  // namespace creneau::mail
