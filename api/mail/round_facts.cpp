#include "api/mail/round_facts.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestFacts = std::size_t{64} * 1024;

json json_of(const Words& words) {
    return {{"fr", words.fr}, {"en", words.en}};
}

json json_of(const WeekSlotFacts& slot) {
    return {
        {"weekday", slot.weekday}, {"start_time", slot.start_time}, {"end_time", slot.end_time}};
}

json json_of(const std::vector<SiteHelp>& helps) {
    json all = json::array();
    for (const SiteHelp& help : helps) {
        all.push_back({{"site", help.site}, {"contact", help.contact}, {"hours", help.hours}});
    }
    return all;
}

json json_of(const RoundItem& item) {
    json missed = json::array();
    for (const MissedDay& day : item.missed) {
        missed.push_back({{"date", day.date}, {"why", json_of(day.why)}});
    }
    return {{"wish_id", item.wish_id},        {"purpose", item.purpose},
            {"wished", json_of(item.wished)}, {"room", item.room},
            {"given", json_of(item.given)},   {"why", json_of(item.why)},
            {"series_id", item.series_id},    {"dates", item.dates},
            {"missed", std::move(missed)},    {"waits", item.waits}};
}

// These throw json::exception on what is missing or mistyped.

Words words_of(const json& object) {
    return {object.at("fr"), object.at("en")};
}

WeekSlotFacts slot_of(const json& object) {
    return {object.at("weekday"), object.at("start_time"), object.at("end_time")};
}

std::vector<SiteHelp> helps_of(const json& list) {
    std::vector<SiteHelp> helps;
    for (const json& help : list) {
        helps.push_back({help.at("site"), help.at("contact"), help.at("hours")});
    }
    return helps;
}

RoundItem item_of(const json& object) {
    RoundItem item{
        object.at("wish_id"),   object.at("purpose"),        slot_of(object.at("wished")),
        object.at("room"),      slot_of(object.at("given")), words_of(object.at("why")),
        object.at("series_id"), object.at("dates"),          {},
        object.at("waits")};
    for (const json& day : object.at("missed")) {
        item.missed.push_back({day.at("date"), words_of(day.at("why"))});
    }
    return item;
}

RoundFacts facts_of(const json& object) {
    RoundFacts facts{object.at("round"),
                     object.at("association"),
                     object.at("booker"),
                     object.at("town"),
                     object.at("service"),
                     object.at("town_email"),
                     object.at("town_phone"),
                     {},
                     object.at("other_missed"),
                     {},
                     {}};
    facts.helps = helps_of(object.at("helps"));
    for (const json& paper : object.at("papers")) {
        facts.papers.push_back(words_of(paper));
    }
    for (const json& item : object.at("items")) {
        facts.items.push_back(item_of(item));
    }
    return facts;
}

WishFacts wish_of(const json& object) {
    WishFacts facts;
    facts.step = object.at("step");
    facts.by_office = object.at("by_office");
    facts.round = object.at("round");
    facts.association = object.at("association");
    facts.booker = object.at("booker");
    facts.town = object.at("town");
    facts.service = object.at("service");
    facts.service_address = object.at("service_address");
    facts.town_email = object.at("town_email");
    facts.town_phone = object.at("town_phone");
    facts.wish_id = object.at("wish_id");
    facts.received_on = object.at("received_on");
    facts.changed_on = object.at("changed_on");
    facts.wished = slot_of(object.at("wished"));
    facts.rooms = object.at("rooms").get<std::vector<std::string>>();
    facts.attendees = object.at("attendees");
    facts.layout = object.at("layout");
    facts.purpose = object.at("purpose");
    for (const json& thing : object.at("equipment")) {
        facts.equipment.push_back({thing.at("name"), thing.at("quantity")});
    }
    facts.wishes_until = object.at("wishes_until");
    facts.may_change = object.at("may_change");
    facts.season_first = object.at("season_first");
    facts.season_last = object.at("season_last");
    facts.helps = helps_of(object.at("helps"));
    return facts;
}

tl::expected<json, FactsError> object_of(std::string_view text) {
    if (text.size() > kLargestFacts) {
        return tl::unexpected(FactsError{"", "longer than 64 KiB"});
    }
    json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return tl::unexpected(FactsError{"", "a JSON object is expected"});
    }
    return object;
}

bool has_real_dates(const WishFacts& facts) {
    return parse_local_date(facts.received_on) && parse_local_date(facts.wishes_until) &&
           parse_local_date(facts.season_first) && parse_local_date(facts.season_last) &&
           (facts.changed_on.empty() || parse_local_date(facts.changed_on));
}

bool has_real_dates(const RoundItem& item) {
    for (const MissedDay& day : item.missed) {
        if (!parse_local_date(day.date)) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::string shortened(const std::string& sentence) {
    if (sentence.size() <= kLongestWhy) {
        return sentence;
    }
    std::size_t end = kLongestWhy;
    while (end > 0 && (sentence[end] & 0xC0) == 0x80) {  // within a character
        --end;
    }
    return sentence.substr(0, end) + "…";
}

std::string to_json(const RoundFacts& facts) {
    json items = json::array();
    for (const RoundItem& item : facts.items) {
        items.push_back(json_of(item));
    }
    json papers = json::array();
    for (const Words& paper : facts.papers) {
        papers.push_back(json_of(paper));
    }
    const json object{{"round", facts.round},
                      {"association", facts.association},
                      {"booker", facts.booker},
                      {"town", facts.town},
                      {"service", facts.service},
                      {"town_email", facts.town_email},
                      {"town_phone", facts.town_phone},
                      {"items", std::move(items)},
                      {"other_missed", facts.other_missed},
                      {"papers", std::move(papers)},
                      {"helps", json_of(facts.helps)}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string to_json(const WishFacts& facts) {
    json equipment = json::array();
    for (const HeldThing& thing : facts.equipment) {
        equipment.push_back({{"name", thing.name}, {"quantity", thing.quantity}});
    }
    const json object{{"step", facts.step},
                      {"by_office", facts.by_office},
                      {"round", facts.round},
                      {"association", facts.association},
                      {"booker", facts.booker},
                      {"town", facts.town},
                      {"service", facts.service},
                      {"service_address", facts.service_address},
                      {"town_email", facts.town_email},
                      {"town_phone", facts.town_phone},
                      {"wish_id", facts.wish_id},
                      {"received_on", facts.received_on},
                      {"changed_on", facts.changed_on},
                      {"wished", json_of(facts.wished)},
                      {"rooms", facts.rooms},
                      {"attendees", facts.attendees},
                      {"layout", facts.layout},
                      {"purpose", facts.purpose},
                      {"equipment", std::move(equipment)},
                      {"wishes_until", facts.wishes_until},
                      {"may_change", facts.may_change},
                      {"season_first", facts.season_first},
                      {"season_last", facts.season_last},
                      {"helps", json_of(facts.helps)}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::expected<RoundFacts, FactsError> parse_round(std::string_view text) {
    const auto object = object_of(text);
    if (!object) {
        return tl::unexpected(object.error());
    }
    RoundFacts facts;
    try {
        facts = facts_of(*object);
    } catch (const json::exception&) {
        return tl::unexpected(FactsError{"round", "a fact is missing or mistyped"});
    }
    if (facts.items.empty()) {
        return tl::unexpected(FactsError{"items", "at least one is expected"});
    }
    for (const RoundItem& item : facts.items) {
        if (!has_real_dates(item)) {
            return tl::unexpected(FactsError{"missed", "a local date YYYY-MM-DD is expected"});
        }
    }
    return facts;
}

tl::expected<WishFacts, FactsError> parse_wish(std::string_view text) {
    const auto object = object_of(text);
    if (!object) {
        return tl::unexpected(object.error());
    }
    WishFacts facts;
    try {
        facts = wish_of(*object);
    } catch (const json::exception&) {
        return tl::unexpected(FactsError{"wish", "a fact is missing or mistyped"});
    }
    if (!has_real_dates(facts)) {
        return tl::unexpected(FactsError{"dates", "a local date YYYY-MM-DD is expected"});
    }
    return facts;
}

}  // namespace creneau::mail
