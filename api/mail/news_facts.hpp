#pragma once

#include "api/mail/facts.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// What became of one booking, for a service of the town. Names no individual.
struct NewsItem {
    std::string change;  ///< "requested", "approved", "refused", "cancelled" or "moved"
    std::int64_t booking_id = 0;
    std::string room;
    std::string site;
    std::string local_start;  ///< "2026-12-05T18:30" in the site's zone
    std::string local_end;
    std::string association;             ///< "" for an individual
    std::optional<FormerSlot> previous;  ///< of a move, where it is known
};

/// That many items surely fit the 64 KiB of facts; the others are counted.
inline constexpr std::size_t kMostNews = 150;

/// What a mail to a subscribed service says.
struct NewsFacts {
    std::string subscriber;  ///< the service that is told
    bool daily = false;      ///< the digest of a day, not one change
    std::string town;
    std::string service;  ///< the office
    std::string town_email;
    std::string town_phone;
    std::vector<NewsItem> items;       ///< at least one, at most kMostNews
    std::int64_t others = 0;           ///< changes that have no item
    std::vector<SiteHelp> helps = {};  ///< of the sites of the items
};

/// The JSON object the outbox stores.
[[nodiscard]] std::string to_json(const NewsFacts& facts);

/// Reads what to_json wrote; refuses what parse_facts() refuses.
[[nodiscard]] tl::expected<NewsFacts, FactsError> parse_news(std::string_view json);

}  // namespace creneau::mail
