#pragma once

#include "api/access/access_types.hpp"
#include "api/people/person.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

using access::Interval;
using people::AssociationId;
using people::PersonId;
using people::TownId;

enum class BookingId : std::int64_t {};
enum class SeriesId : std::int64_t {};
enum class RoomId : std::int64_t {};
enum class SiteId : std::int64_t {};
enum class SpaceId : std::int64_t {};

/// The other folders' names for the same rows.
[[nodiscard]] constexpr access::TownId access_id(TownId town) {
    return access::TownId{static_cast<std::int64_t>(town)};
}
[[nodiscard]] constexpr access::BookingRow access_id(BookingId booking) {
    return access::BookingRow{static_cast<std::int64_t>(booking)};
}

/// A building with an address and a time zone.
struct Site {
    SiteId id{};
    std::string key;
    std::string name;
    std::string address;
    std::string time_zone;
    std::string help_contact;
    std::string help_hours;
};

/// What people book.
struct Room {
    RoomId id{};
    SiteId site{};
    std::optional<access::ZoneId> zone;  ///< every door from the street to the room
    std::string key;
    std::string name;
    int capacity = 0;
    bool approval_needed = true;
    bool pending_blocks = true;
    bool individuals_may_book = true;
    std::chrono::minutes margin_before{10};
    std::chrono::minutes margin_after{10};
    std::string time_zone;  ///< the site's
};

enum class Status : std::uint8_t { pending, approved, refused, cancelled };

/// A slot as people say it: 'YYYY-MM-DDTHH:MM' in the site's zone, with the instants it names.
struct Slot {
    std::string local_start;
    std::string local_end;
    Interval at;

    friend bool operator==(const Slot&, const Slot&) = default;
};

struct Booking {
    BookingId id{};
    RoomId room{};
    std::optional<AssociationId> association;  ///< none: an individual, the booker
    PersonId booker{};
    PersonId requested_by{};  ///< differs from the booker when the office acts for somebody
    Status status = Status::pending;
    Slot slot;
    int attendees = 0;
    std::string purpose;
    std::string layout;         ///< key of a layout of the room, or empty
    std::string kind;           ///< key of a kind of booking of the town, or empty
    std::string ground;         ///< code of the ground of a refusal or cancellation
    std::string ground_text;    ///< what was written with it
    std::int64_t sequence = 0;  ///< grows with each change: iCalendar SEQUENCE and ETag
    std::chrono::sys_seconds requested_at;
    std::optional<std::chrono::sys_seconds> decided_at;
    std::optional<PersonId> decided_by;
    std::optional<SeriesId> series;  ///< none: a single booking
    std::string series_date;  ///< the date of the series it stands for; a move does not change it
    std::string tz_version;   ///< of the time zone database that named the instants; may be empty
};

/// Association or individual: whose windows and passes a booking's are.
[[nodiscard]] access::Holder holder_of(const Booking& booking);

/// True while the booking holds its spaces.
[[nodiscard]] bool occupies(Status status, bool pending_blocks);

/// The stable words of the database and the API.
std::string_view word_of(Status status);
std::optional<Status> status_of(std::string_view word);

}  // namespace creneau::booking
