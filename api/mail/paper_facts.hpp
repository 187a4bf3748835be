#pragma once

#include "api/mail/facts.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// What a mail about a paper's last day says.
struct PaperFacts {
    Words paper;              ///< what it is called
    bool expired = false;     ///< false: it still holds
    std::string valid_until;  ///< local date, included
    std::string
        first_day;  ///< local date of the first slot that has none; "" when none is that late
    std::string association;  ///< "" for an individual
    std::string booker;       ///< who reads it
    std::string town;
    std::string service;  ///< the office
    std::string town_email;
    std::string town_phone;
    std::vector<SiteHelp> helps = {};  ///< of the sites whose bookings rest on it
};

/// The JSON object the outbox stores.
[[nodiscard]] std::string to_json(const PaperFacts& facts);

/// Reads what to_json wrote; refuses what parse_facts() refuses.
[[nodiscard]] tl::expected<PaperFacts, FactsError> parse_paper(std::string_view json);

}  // namespace creneau::mail
