#include "api/mail/news_rendering.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/news_facts.hpp"
#include "api/mail/rendering.hpp"

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

struct ChangeWords {
    std::string_view change;
    std::string_view fr;
    std::string_view en;
};

constexpr std::array<ChangeWords, 5> kChanges{{
    {"requested", "Nouvelle demande", "New request"},
    {"approved", "Réservation acceptée", "Booking approved"},
    {"refused", "Demande refusée", "Request refused"},
    {"cancelled", "Réservation annulée", "Booking cancelled"},
    {"moved", "Réservation déplacée", "Booking moved"},
}};

std::string words_of(const std::string& change, Language language) {
    const auto* known = std::ranges::find(kChanges, change, &ChangeWords::change);
    if (known == kChanges.end()) {
        return change;
    }
    return std::string(language == Language::en ? known->en : known->fr);
}

mustache::data data_of(const NewsItem& item, Language language) {
    mustache::data data{mustache::data::type::object};
    data.set("change", words_of(item.change, language));
    data.set("room", item.room);
    data.set("site", item.site);
    data.set("slot", slot_words_of(item.local_start, item.local_end, language));
    data.set("association", item.association);
    data.set("individual", item.association.empty());
    data.set("booking_id", std::to_string(item.booking_id));
    data.set("has_previous", item.previous.has_value());
    if (item.previous) {
        data.set("previous_room", item.previous->room);
        data.set("previous_slot",
                 slot_words_of(item.previous->local_start, item.previous->local_end, language));
    }
    return data;
}

}  // namespace

RenderedMail render_news(Language language, const NewsFacts& facts, Medium medium) {
    mustache::data data = data_of(facts.items.front(), language);  // for the subject of a change
    mustache::data items{mustache::data::type::list};
    for (const NewsItem& item : facts.items) {
        items.push_back(data_of(item, language));
    }
    data.set("items", items);
    const auto count = static_cast<std::int64_t>(facts.items.size()) + facts.others;
    data.set("count", std::to_string(count));
    data.set("several", count > 1);
    data.set("daily", facts.daily);
    data.set("has_others", facts.others > 0);
    data.set("others", std::to_string(facts.others));
    data.set("subscriber", facts.subscriber);
    data.set("town", facts.town);
    data.set("service", facts.service);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
    data.set("helps", help_list(facts.helps));
    return fill_in(Template::news, language, std::move(data), medium);
}

}  // namespace creneau::mail
