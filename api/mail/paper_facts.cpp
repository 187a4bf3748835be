#include "api/mail/paper_facts.hpp"

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

}  // namespace

std::string to_json(const PaperFacts& facts) {
    json helps = json::array();
    for (const SiteHelp& help : facts.helps) {
        helps.push_back({{"site", help.site}, {"contact", help.contact}, {"hours", help.hours}});
    }
    const json object{{"paper_fr", facts.paper.fr},     {"paper_en", facts.paper.en},
                      {"expired", facts.expired},       {"valid_until", facts.valid_until},
                      {"first_day", facts.first_day},   {"association", facts.association},
                      {"booker", facts.booker},         {"town", facts.town},
                      {"service", facts.service},       {"town_email", facts.town_email},
                      {"town_phone", facts.town_phone}, {"helps", std::move(helps)}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::expected<PaperFacts, FactsError> parse_paper(std::string_view text) {
    if (text.size() > kLargestFacts) {
        return tl::unexpected(FactsError{"", "longer than 64 KiB"});
    }
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return tl::unexpected(FactsError{"", "a JSON object is expected"});
    }
    PaperFacts facts;
    try {
        facts = {{object.at("paper_fr"), object.at("paper_en")},
                 object.at("expired"),
                 object.at("valid_until"),
                 object.at("first_day"),
                 object.at("association"),
                 object.at("booker"),
                 object.at("town"),
                 object.at("service"),
                 object.at("town_email"),
                 object.at("town_phone")};
        for (const json& help : object.value("helps", json::array())) {  // older rows have none
            facts.helps.push_back({help.at("site"), help.at("contact"), help.at("hours")});
        }
    } catch (const json::exception&) {
        return tl::unexpected(FactsError{"paper", "a fact is missing or mistyped"});
    }
    if (!parse_local_date(facts.valid_until) ||
        (!facts.first_day.empty() && !parse_local_date(facts.first_day))) {
        return tl::unexpected(FactsError{"valid_until", "a local date YYYY-MM-DD is expected"});
    }
    return facts;
}

}  // namespace creneau::mail
