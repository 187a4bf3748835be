#pragma once

#include "api/mail/facts.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// What somebody who has to know of an arrival or a departure reads.
struct MovementFacts {
    std::string reader;
    std::string person;  ///< who comes or goes
    bool arrival = false;
    std::string department;
    std::vector<std::string> duties;
    std::string local_at;    ///< local time of the town, 'YYYY-MM-DDTHH:MM'
    std::string step;        ///< what the reader answers for: "line_manager", "it", "access"
    bool reminder = false;   ///< nobody has acknowledged the first one
    bool corrected = false;  ///< another time was announced first
    bool withdrawn = false;  ///< it does not take place
    std::string town;
    std::string service;  ///< the office
    std::string town_email;
    std::string town_phone;
};

/// The JSON object the outbox stores.
[[nodiscard]] std::string to_json(const MovementFacts& facts);

/// Reads what to_json wrote; refuses what parse_facts() refuses.
[[nodiscard]] tl::expected<MovementFacts, FactsError> parse_movement(std::string_view json);

}  // namespace creneau::mail
