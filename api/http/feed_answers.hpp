#pragma once

#include "api/booking/feeds/feed_types.hpp"
#include "api/booking/feeds/read_feed.hpp"

#include <cstddef>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// A feed without its token.
[[nodiscard]] nlohmann::json to_json(const booking::Feed& feed);

inline constexpr std::size_t kLargestCalendar = std::size_t{480} * 1024;

/// The iCalendar text of a feed in its reader's language, at most kLargestCalendar bytes. Where
/// there is more, all that begins before a horizon stands in it and nothing later, and an event at
/// the horizon says so.
[[nodiscard]] std::string calendar_text(const booking::FeedContent& content);

}  // namespace creneau::http
