#pragma once

#include "api/mail/facts.hpp"

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {

/// What access administrators and the office read when a site is locked down, and when it no longer
/// is. It names nobody: who did it stands in the audit.
struct LockdownFacts {
    std::string site;
    std::string ground;  ///< "threat", "intrusion", "accident", "authority_order", "drill"
    bool ended = false;
    std::string local_at;  ///< local time of the site, 'YYYY-MM-DDTHH:MM'
    std::string town;
    std::string service;  ///< the office
    std::string town_email;
    std::string town_phone;
    std::string help_contact;  ///< of the site; "" in rows older than it
    std::string help_hours;
};

/// The JSON object the outbox stores.
[[nodiscard]] std::string to_json(const LockdownFacts& facts);

/// Reads what to_json wrote; refuses what parse_facts() refuses.
[[nodiscard]] tl::expected<LockdownFacts, FactsError> parse_lockdown(std::string_view json);

}  // namespace creneau::mail
