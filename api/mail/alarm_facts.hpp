#pragma once

#include "api/mail/facts.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// An alarm that began or ended. Names nobody.
struct AlarmItem {
    std::string kind;  ///< "forced", "agent_offline", …
    std::string site;
    std::string agent;        ///< its key
    std::string door;         ///< its name; "" about the agent itself
    std::string local_begun;  ///< "2026-12-05T18:30" in the site's zone
    std::string local_ended;  ///< "" while it goes on
    friend bool operator==(const AlarmItem&, const AlarmItem&) = default;
};

/// That many items surely fit the 64 KiB of facts; the others are counted.
inline constexpr std::size_t kMostAlarms = 50;

/// What a mail to a service that is told of alarms says.
struct AlarmFacts {
    std::string subscriber;  ///< the service that is told
    std::string town;
    std::string service;  ///< the office
    std::string town_email;
    std::string town_phone;
    std::vector<AlarmItem> items;  ///< at least one, at most kMostAlarms
    std::int64_t others = 0;       ///< alarms that have no item
    std::vector<SiteHelp> helps;   ///< of the sites of the items
};

/// The JSON object the outbox stores.
[[nodiscard]] std::string to_json(const AlarmFacts& facts);

/// Reads what to_json wrote; refuses what parse_facts() refuses.
[[nodiscard]] tl::expected<AlarmFacts, FactsError> parse_alarms(std::string_view json);

}  // namespace creneau::mail
