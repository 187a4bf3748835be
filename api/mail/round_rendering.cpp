#include "api/mail/round_rendering.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/round_facts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

namespace creneau::mail {
namespace {

namespace mustache = kainjow::mustache;

struct DayWords {
    std::string_view day;
    std::string_view fr;
    std::string_view en;
};

constexpr std::array<DayWords, 7> kDays{{
    {"monday", "lundi", "Monday"},
    {"tuesday", "mardi", "Tuesday"},
    {"wednesday", "mercredi", "Wednesday"},
    {"thursday", "jeudi", "Thursday"},
    {"friday", "vendredi", "Friday"},
    {"saturday", "samedi", "Saturday"},
    {"sunday", "dimanche", "Sunday"},
}};

const std::string& in(Language language, const Words& words) {
    return language == Language::en ? words.en : words.fr;
}

/// The words for "18:30"; as it stands when it is no time.
std::string hour_words_of(const std::string& time, Language language) {
    const auto at = parse_local_time("2000-01-01T" + time);
    return at ? hour_words(*at, language) : time;
}

std::string slot_words_of(const WeekSlotFacts& slot, Language language) {
    const auto* day = std::ranges::find(kDays, slot.weekday, &DayWords::day);
    if (day == kDays.end()) {
        return {};
    }
    const std::string from = hour_words_of(slot.start_time, language);
    const std::string until = hour_words_of(slot.end_time, language);
    return language == Language::en ? fmt::format("{} from {} to {}", day->en, from, until)
                                    : fmt::format("{} de {} à {}", day->fr, from, until);
}

std::string date_words_of(const std::string& date, Language language) {
    const auto day = parse_local_date(date);
    return day ? day_words(*day, language) : std::string();
}

mustache::data data_of(const RoundItem& item, Language language) {
    mustache::data data{mustache::data::type::object};
    data.set("wish_id", std::to_string(item.wish_id));
    data.set("purpose", item.purpose);
    data.set("wished", slot_words_of(item.wished, language));
    data.set("is_given", !item.room.empty());
    data.set("room", item.room);
    data.set("given", slot_words_of(item.given, language));
    data.set("why", in(language, item.why));
    data.set("series_id", std::to_string(item.series_id));
    data.set("dates", std::to_string(item.dates));
    data.set("several_dates", item.dates > 1);
    data.set("waits", std::to_string(item.waits));
    data.set("has_waits", item.waits > 0);
    data.set("several_waits", item.waits > 1);
    mustache::data missed{mustache::data::type::list};
    for (const MissedDay& day : item.missed) {
        mustache::data one{"day", date_words_of(day.date, language)};
        one.set("why_not", in(language, day.why));
        missed.push_back(one);
    }
    data.set("has_missed", missed.is_non_empty_list());
    data.set("missed", missed);
    return data;
}

void set_flagged(mustache::data& data, const std::string& name, const std::string& value) {
    data.set(name, value);
    data.set("has_" + name, !value.empty());
}

std::string words_of(const std::vector<HeldThing>& things) {
    std::vector<std::string> words;
    words.reserve(things.size());
    for (const HeldThing& thing : things) {
        words.push_back(fmt::format("{} ({})", thing.name, thing.quantity));
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

/// What was wished for.
void set_wish(mustache::data& data, const WishFacts& facts, Language language) {
    data.set("wish_id", std::to_string(facts.wish_id));
    data.set("wished", slot_words_of(facts.wished, language));
    mustache::data rooms{mustache::data::type::list};
    for (const std::string& room : facts.rooms) {
        rooms.push_back(mustache::data{"words", room});
    }
    data.set("rooms", rooms);
    data.set("attendees", std::to_string(facts.attendees));
    data.set("purpose", facts.purpose);
    set_flagged(data, "layout", facts.layout);
    set_flagged(data, "equipment", words_of(facts.equipment));
}

}  // namespace

RenderedMail render_wish(Language language, const WishFacts& facts, Medium medium) {
    mustache::data data{mustache::data::type::object};
    set_wish(data, facts, language);
    data.set("is_stated", facts.step == "stated");
    data.set("is_edited", facts.step == "edited");
    data.set("is_withdrawn", facts.step == "withdrawn");
    data.set("by_office", facts.by_office);
    data.set("received_on", date_words_of(facts.received_on, language));
    data.set("changed_on", date_words_of(facts.changed_on, language));
    data.set("wishes_until", date_words_of(facts.wishes_until, language));
    data.set("may_change", facts.may_change);
    data.set("season_first", date_words_of(facts.season_first, language));
    data.set("season_last", date_words_of(facts.season_last, language));
    data.set("helps", help_list(facts.helps));
    data.set("round", facts.round);
    data.set("association", facts.association);
    data.set("booker", facts.booker);
    data.set("town", facts.town);
    data.set("service", facts.service);
    set_flagged(data, "service_address", facts.service_address);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
    return fill_in(Template::round_wish, language, std::move(data), medium);
}

RenderedMail render_round(Language language, const RoundFacts& facts, Medium medium) {
    mustache::data data{mustache::data::type::object};
    mustache::data items{mustache::data::type::list};
    for (const RoundItem& item : facts.items) {
        items.push_back(data_of(item, language));
    }
    data.set("items", items);
    data.set("several_items", facts.items.size() > 1);
    data.set("any_given", std::ranges::any_of(facts.items, [](const RoundItem& item) {
                 return !item.room.empty();
             }));
    data.set("any_wait", std::ranges::any_of(facts.items,
                                             [](const RoundItem& item) { return item.waits > 0; }));
    mustache::data papers{mustache::data::type::list};
    for (const Words& paper : facts.papers) {
        papers.push_back(mustache::data{"words", in(language, paper)});
    }
    data.set("has_papers", papers.is_non_empty_list());
    data.set("papers", papers);
    data.set("has_other_missed", facts.other_missed > 0);
    data.set("other_missed", std::to_string(facts.other_missed));
    data.set("helps", help_list(facts.helps));
    data.set("round", facts.round);
    data.set("association", facts.association);
    data.set("booker", facts.booker);
    data.set("town", facts.town);
    data.set("service", facts.service);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
    return fill_in(Template::round_result, language, std::move(data), medium);
}

}  // namespace creneau::mail
