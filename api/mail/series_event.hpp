#pragma once

#include <cstdint>
#include <string>

namespace creneau::mail {

/// A date of a series as calendars have it.
struct SeriesEvent {
    std::int64_t booking_id = 0;
    std::int64_t sequence = 0;
    std::int64_t start_at = 0;  ///< Unix seconds
    std::int64_t end_at = 0;
    bool pending = false;
    std::string place = {};  ///< "": that of the mail's other facts

    friend bool operator==(const SeriesEvent&, const SeriesEvent&) = default;
};

}  // namespace creneau::mail
