#include "api/mail/account_facts.hpp"

#include "api/mail/facts.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::mail {

using nlohmann::json;

std::string to_json(const AccountFacts& facts) {
    const json object{{"reader", facts.reader},
                      {"town", facts.town},
                      {"service", facts.service},
                      {"town_email", facts.town_email},
                      {"town_phone", facts.town_phone},
                      {"code_id", facts.code_id},
                      {"association", facts.association},
                      {"account", facts.account},
                      {"day", facts.day}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::expected<AccountFacts, FactsError> parse_account(std::string_view text) {
    const json object = json::parse(text, nullptr, false);
    try {
        return AccountFacts{object.at("reader"),
                            object.at("town"),
                            object.at("service"),
                            object.at("town_email"),
                            object.at("town_phone"),
                            object.at("code_id"),
                            object.value("association", ""),
                            object.value("account", std::int64_t{0}),
                            object.value("day", "")};
    } catch (const json::exception&) {
        return tl::unexpected(FactsError{"account", "a fact is missing or mistyped"});
    }
}

}  // namespace creneau::mail
