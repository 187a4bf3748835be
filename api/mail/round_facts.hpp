#pragma once

#include "api/mail/facts.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// A weekly slot: "tuesday", "18:30", "20:30".
struct WeekSlotFacts {
    std::string weekday;
    std::string start_time;
    std::string end_time;
};

/// A date of a given slot that could not be booked, and why.
struct MissedDay {
    std::string date;  ///< local, "2027-01-12"
    Words why;
};

/// What became of one wish of a yearly round.
struct RoundItem {
    std::int64_t wish_id = 0;
    std::string purpose;
    WeekSlotFacts wished;
    std::string room;     ///< what is given; "" when nothing is
    WeekSlotFacts given;  ///< only with a room
    Words why;
    std::int64_t series_id = 0;  ///< only with a room
    std::int64_t dates = 0;      ///< booked
    std::vector<MissedDay> missed;
    std::int64_t waits = 0;  ///< dates waited for
};

/// With 20 items (booking/rounds/round_rules.hpp) that much fits the 64 KiB of facts: missed days
/// of all items together, and bytes of a purpose or of a reason in one language.
inline constexpr std::size_t kMostMissedDays = 20;
inline constexpr std::size_t kLongestWhy = 500;

/// The sentence, cut where it is longer than kLongestWhy.
[[nodiscard]] std::string shortened(const std::string& sentence);

/// What a mail about a published round says to one association.
struct RoundFacts {
    std::string round;
    std::string association;
    std::string booker;  ///< who reads it
    std::string town;
    std::string service;  ///< the office
    std::string town_email;
    std::string town_phone;
    std::vector<RoundItem> items;   ///< at least one
    std::int64_t other_missed = 0;  ///< missed days beyond kMostMissedDays
    std::vector<Words> papers;      ///< to be accepted before what is given opens a door
    std::vector<SiteHelp> helps;    ///< of the sites of what is given or was wished first
};

/// What a mail about one wish says to the association whose it is. Dates are local.
struct WishFacts {
    std::string step;        ///< "stated", "edited" or "withdrawn"
    bool by_office = false;  ///< done by the office for the association
    std::string round;
    std::string association;
    std::string booker;  ///< who reads it
    std::string town;
    std::string service;  ///< the office
    std::string service_address;
    std::string town_email;
    std::string town_phone;
    std::int64_t wish_id = 0;
    std::string received_on;
    std::string changed_on;  ///< "" where it was stated now
    WeekSlotFacts wished;
    std::vector<std::string> rooms;  ///< in order of preference
    std::int64_t attendees = 0;
    std::string layout;  ///< "": as the rooms stand
    std::string purpose;
    std::vector<HeldThing> equipment;
    std::string wishes_until;  ///< the last day for wishes
    bool may_change = false;   ///< the association still can
    std::string season_first;
    std::string season_last;
    std::vector<SiteHelp> helps;  ///< of the rooms' sites
};

/// The JSON object the outbox stores.
[[nodiscard]] std::string to_json(const RoundFacts& facts);
[[nodiscard]] std::string to_json(const WishFacts& facts);

/// Reads what to_json wrote; refuses what parse_facts() refuses.
[[nodiscard]] tl::expected<RoundFacts, FactsError> parse_round(std::string_view json);
[[nodiscard]] tl::expected<WishFacts, FactsError> parse_wish(std::string_view json);

}  // namespace creneau::mail
