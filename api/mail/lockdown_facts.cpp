#include "api/mail/lockdown_facts.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestFacts = std::size_t{64} * 1024;

LockdownFacts read(const json& object) {
    LockdownFacts facts;
    object.at("site").get_to(facts.site);
    object.at("ground").get_to(facts.ground);
    object.at("ended").get_to(facts.ended);
    object.at("local_at").get_to(facts.local_at);
    object.at("town").get_to(facts.town);
    object.at("service").get_to(facts.service);
    object.at("town_email").get_to(facts.town_email);
    object.at("town_phone").get_to(facts.town_phone);
    facts.help_contact = object.value("help_contact", "");
    facts.help_hours = object.value("help_hours", "");
    return facts;
}

}  // namespace

std::string to_json(const LockdownFacts& facts) {
    const json object{{"site", facts.site},
                      {"ground", facts.ground},
                      {"ended", facts.ended},
                      {"local_at", facts.local_at},
                      {"town", facts.town},
                      {"service", facts.service},
                      {"town_email", facts.town_email},
                      {"town_phone", facts.town_phone},
                      {"help_contact", facts.help_contact},
                      {"help_hours", facts.help_hours}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::expected<LockdownFacts, FactsError> parse_lockdown(std::string_view text) {
    if (text.size() > kLargestFacts) {
        return tl::unexpected(FactsError{"", "longer than 64 KiB"});
    }
    const json object = json::parse(text, nullptr, false);
    LockdownFacts facts;
    try {
        facts = read(object);
    } catch (const json::exception&) {
        return tl::unexpected(FactsError{"lockdown", "a fact is missing or mistyped"});
    }
    if (!parse_local_time(facts.local_at)) {
        return tl::unexpected(FactsError{"local_at", "a local time is expected"});
    }
    return facts;
}

}  // namespace creneau::mail
