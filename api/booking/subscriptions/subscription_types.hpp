#pragma once

#include "api/booking/booking_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

enum class SubscriptionId : std::int64_t {};

/// What can become of a booking.
enum class BookingChange : std::uint8_t { requested, approved, refused, cancelled, moved };

enum class Rhythm : std::uint8_t {
    at_once,  ///< a mail for each change, queued in its transaction
    daily,    ///< one mail a day, at a local hour, of what has changed since the last one
};

/// Whose bookings.
enum class Holders : std::uint8_t { all, associations, individuals };

/// The stable words of the database and the API.
std::string_view word_of(BookingChange change);
std::optional<BookingChange> change_of_word(std::string_view word);
std::string_view word_of(Rhythm rhythm);
std::optional<Rhythm> rhythm_of(std::string_view word);
std::string_view word_of(Holders holders);
std::optional<Holders> holders_of(std::string_view word);

/// A service of the town that is told what becomes of bookings, and of alarms.
struct Subscription {
    SubscriptionId id{};
    std::string service;
    std::string email;
    std::string locale = "fr";
    Rhythm rhythm = Rhythm::at_once;
    std::string daily_at;        ///< local 'HH:MM' in the town's zone; daily only
    std::optional<SiteId> site;  ///< neither site nor room: the whole town
    std::optional<RoomId> room;
    Holders holders = Holders::all;
    std::vector<BookingChange> changes;  ///< at least one, or alarms
    std::vector<std::string> kinds;      ///< keys of kinds of booking; empty: whatever the kind
    bool alarms = false;  ///< of doors and their agents there, too: at once, whatever the rhythm
    PersonId created_by{};
    std::chrono::sys_seconds created_at;
};

}  // namespace creneau::booking
