#include "api/mail/alarm_facts.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestFacts = std::size_t{64} * 1024;

/// Throws json::exception on what is missing or mistyped.
AlarmFacts read(const json& object) {
    AlarmFacts facts;
    object.at("subscriber").get_to(facts.subscriber);
    object.at("town").get_to(facts.town);
    object.at("service").get_to(facts.service);
    object.at("town_email").get_to(facts.town_email);
    object.at("town_phone").get_to(facts.town_phone);
    object.at("others").get_to(facts.others);
    for (const json& item : object.at("items")) {
        facts.items.push_back({item.at("kind"), item.at("site"), item.at("agent"), item.at("door"),
                               item.at("local_begun"), item.at("local_ended")});
    }
    for (const json& help : object.at("helps")) {
        facts.helps.push_back({help.at("site"), help.at("contact"), help.at("hours")});
    }
    return facts;
}

bool has_times(const AlarmItem& item) {
    return parse_local_time(item.local_begun) &&
           (item.local_ended.empty() || parse_local_time(item.local_ended));
}

}  // namespace

std::string to_json(const AlarmFacts& facts) {
    json items = json::array();
    for (const AlarmItem& item : facts.items) {
        items.push_back({{"kind", item.kind},
                         {"site", item.site},
                         {"agent", item.agent},
                         {"door", item.door},
                         {"local_begun", item.local_begun},
                         {"local_ended", item.local_ended}});
    }
    json helps = json::array();
    for (const SiteHelp& help : facts.helps) {
        helps.push_back({{"site", help.site}, {"contact", help.contact}, {"hours", help.hours}});
    }
    const json object{{"subscriber", facts.subscriber}, {"town", facts.town},
                      {"service", facts.service},       {"town_email", facts.town_email},
                      {"town_phone", facts.town_phone}, {"items", std::move(items)},
                      {"others", facts.others},         {"helps", std::move(helps)}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::expected<AlarmFacts, FactsError> parse_alarms(std::string_view text) {
    if (text.size() > kLargestFacts) {
        return tl::unexpected(FactsError{"", "longer than 64 KiB"});
    }
    const json object = json::parse(text, nullptr, false);
    AlarmFacts facts;
    try {
        facts = read(object);
    } catch (const json::exception&) {
        return tl::unexpected(FactsError{"alarm", "a fact is missing or mistyped"});
    }
    if (facts.items.empty()) {
        return tl::unexpected(FactsError{"items", "at least one is expected"});
    }
    if (!std::ranges::all_of(facts.items, has_times)) {
        return tl::unexpected(FactsError{"items", "a local time YYYY-MM-DDTHH:MM is expected"});
    }
    return facts;
}

}  // namespace creneau::mail
