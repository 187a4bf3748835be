#include "api/mail/movement_facts.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestFacts = std::size_t{64} * 1024;

MovementFacts read(const json& object) {
    MovementFacts facts;
    object.at("reader").get_to(facts.reader);
    object.at("person_id").get_to(facts.person_id);
    facts.person = object.value("person", "");
    object.at("arrival").get_to(facts.arrival);
    object.at("department").get_to(facts.department);
    facts.duties = object.value("duties", std::vector<std::string>());
    object.at("local_at").get_to(facts.local_at);
    object.at("step").get_to(facts.step);
    object.at("reminder").get_to(facts.reminder);
    object.at("corrected").get_to(facts.corrected);
    object.at("withdrawn").get_to(facts.withdrawn);
    object.at("town").get_to(facts.town);
    object.at("service").get_to(facts.service);
    object.at("town_email").get_to(facts.town_email);
    object.at("town_phone").get_to(facts.town_phone);
    return facts;
}

json stored(const MovementFacts& facts) {
    return {{"reader", facts.reader},        {"person_id", facts.person_id},
            {"arrival", facts.arrival},      {"department", facts.department},
            {"local_at", facts.local_at},    {"step", facts.step},
            {"reminder", facts.reminder},    {"corrected", facts.corrected},
            {"withdrawn", facts.withdrawn},  {"town", facts.town},
            {"service", facts.service},      {"town_email", facts.town_email},
            {"town_phone", facts.town_phone}};
}

std::string text_of(const json& object) {
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const MovementFacts& facts) {
    return text_of(stored(facts));
}

std::string to_json_with_words(const MovementFacts& facts) {
    json object = stored(facts);
    object["person"] = facts.person;
    object["duties"] = facts.duties;
    return text_of(object);
}

tl::expected<MovementFacts, FactsError> parse_movement(std::string_view text) {
    if (text.size() > kLargestFacts) {
        return tl::unexpected(FactsError{"", "longer than 64 KiB"});
    }
    const json object = json::parse(text, nullptr, false);
    MovementFacts facts;
    try {
        facts = read(object);
    } catch (const json::exception&) {
        return tl::unexpected(FactsError{"movement", "a fact is missing or mistyped"});
    }
    if (!parse_local_time(facts.local_at)) {
        return tl::unexpected(FactsError{"local_at", "a local time is expected"});
    }
    return facts;
}

}  // namespace creneau::mail
