#pragma once

#include "api/store/session.hpp"

#include <cstdint>
#include <string>

namespace creneau::store {

std::int64_t number_of(Session& session, const std::string& query);
std::string text_of(Session& session, const std::string& query);

/// A town with a site, spaces 1 to 3, a room 1 (space 1; requests block), a room 2 (space 2; they
/// do not) and a person 1, every id as said.
void add_small_town(Session& session);

/// Booking `id` of `room` over [start, end), and nothing else.
void add_booking(Session& session, int id, int room, const std::string& status,
                 std::int64_t start_at, std::int64_t end_at);

struct Interval {
    int space = 1;
    std::int64_t start_at = 0;
    std::int64_t end_at = 0;
};

/// The occupancy of booking `source`; throws what the database says.
void occupy(Session& session, const Interval& interval, int source = 1);

}  // namespace creneau::store
