#include "api/mail/news_facts.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestFacts = std::size_t{64} * 1024;

json json_of(const NewsItem& item) {
    json object{{"change", item.change},
                {"booking_id", item.booking_id},
                {"room", item.room},
                {"site", item.site},
                {"local_start", item.local_start},
                {"local_end", item.local_end},
                {"association", item.association}};
    if (item.previous) {
        object["previous"] = {{"room", item.previous->room},
                              {"local_start", item.previous->local_start},
                              {"local_end", item.previous->local_end}};
    }
    return object;
}

bool is_slot(const std::string& start, const std::string& end) {
    return parse_local_time(start) && parse_local_time(end);
}

/// Throws json::exception on what is missing or mistyped.
NewsItem item_of(const json& object) {
    NewsItem item{object.at("change"),      object.at("booking_id"),
                  object.at("room"),        object.at("site"),
                  object.at("local_start"), object.at("local_end"),
                  object.at("association"), {}};
    if (object.contains("previous")) {
        const json& previous = object.at("previous");
        item.previous =
            FormerSlot{previous.at("room"), previous.at("local_start"), previous.at("local_end")};
    }
    return item;
}

NewsFacts facts_of(const json& object) {
    NewsFacts facts{object.at("subscriber"),
                    object.at("daily"),
                    object.at("town"),
                    object.at("service"),
                    object.at("town_email"),
                    object.at("town_phone"),
                    {},
                    object.at("others"),
                    {}};
    for (const json& item : object.at("items")) {
        facts.items.push_back(item_of(item));
    }
    for (const json& help : object.value("helps", json::array())) {  // older rows have none
        facts.helps.push_back({help.at("site"), help.at("contact"), help.at("hours")});
    }
    return facts;
}

}  // namespace

std::string to_json(const NewsFacts& facts) {
    json items = json::array();
    for (const NewsItem& item : facts.items) {
        items.push_back(json_of(item));
    }
    json helps = json::array();
    for (const SiteHelp& help : facts.helps) {
        helps.push_back({{"site", help.site}, {"contact", help.contact}, {"hours", help.hours}});
    }
    const json object{{"subscriber", facts.subscriber},
                      {"daily", facts.daily},
                      {"town", facts.town},
                      {"service", facts.service},
                      {"town_email", facts.town_email},
                      {"town_phone", facts.town_phone},
                      {"items", std::move(items)},
                      {"others", facts.others},
                      {"helps", std::move(helps)}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::expected<NewsFacts, FactsError> parse_news(std::string_view text) {
    if (text.size() > kLargestFacts) {
        return tl::unexpected(FactsError{"", "longer than 64 KiB"});
    }
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return tl::unexpected(FactsError{"", "a JSON object is expected"});
    }
    NewsFacts facts;
    try {
        facts = facts_of(object);
    } catch (const json::exception&) {
        return tl::unexpected(FactsError{"news", "a fact is missing or mistyped"});
    }
    if (facts.items.empty()) {
        return tl::unexpected(FactsError{"items", "at least one is expected"});
    }
    for (const NewsItem& item : facts.items) {
        if (!is_slot(item.local_start, item.local_end) ||
            (item.previous && !is_slot(item.previous->local_start, item.previous->local_end))) {
            return tl::unexpected(FactsError{"items", "a local time YYYY-MM-DDTHH:MM is expected"});
        }
    }
    return facts;
}

}  // namespace creneau::mail
