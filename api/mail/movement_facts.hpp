#pragma once

#include "api/mail/facts.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// What somebody who has to know of an arrival or a departure reads. Who it is about and what they
/// do is read when the mail leaves or is looked at: no row keeps words about somebody else.
struct MovementFacts {
    std::string reader;
    std::int64_t person_id = 0;  ///< who comes or goes
    std::string person;          ///< their name as it is now; not stored
    bool arrival = false;
    std::string department;
    std::vector<std::string> duties;  ///< not stored
    std::string local_at;             ///< local time of the town, 'YYYY-MM-DDTHH:MM'
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
/// The same with who it is about and what they do.
[[nodiscard]] std::string to_json_with_words(const MovementFacts& facts);

/// Reads what either wrote; refuses what parse_facts() refuses.
[[nodiscard]] tl::expected<MovementFacts, FactsError> parse_movement(std::string_view json);

}  // namespace creneau::mail
