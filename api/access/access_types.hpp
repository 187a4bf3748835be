#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::access {

enum class TownId : std::int64_t {};
enum class ZoneId : std::int64_t {};
enum class BookingRow : std::int64_t {};  ///< the booking that a window and a pass come from
enum class PassRow : std::int64_t {};
enum class CredentialRow : std::int64_t {};

/// A half-open interval of UTC instants.
struct Interval {
    std::chrono::sys_seconds start;
    std::chrono::sys_seconds end;

    friend bool operator==(const Interval&, const Interval&) = default;
};

enum class HolderKind : std::uint8_t { association, person };

/// Whom a window or a pass belongs to; never a member of an association.
struct Holder {
    HolderKind kind = HolderKind::person;
    std::int64_t id = 0;

    friend bool operator==(const Holder&, const Holder&) = default;
};

enum class Way : std::uint8_t { qr, badge, key, staff };

/// How people get into a room over the local dates [from_date, until_date), 'YYYY-MM-DD'.
struct WayIn {
    Way way = Way::staff;
    std::string from_date;
    std::optional<std::string> until_date;
    std::string note_fr;  ///< where to fetch the key or badge, who opens
    std::string note_en;
};

/// A door of a zone, as far as passes care.
struct ZoneDoor {
    std::string name;
    bool locked = true;      ///< false: open to all in opening hours, no reader needed
    bool in_service = true;  ///< enabled, and an agent drives it
    bool has_qr_reader = false;
};

/// Why a credential stopped opening doors.
enum class RevokeReason : std::uint8_t {
    moved,      ///< its booking went to another slot or room
    cancelled,  ///< its booking was cancelled
    reissued,   ///< a higher revision took its place
    lost,       ///< the holder lost it or no longer trusts who has it
    misuse,     ///< the office took it away
    other,      ///< the office took it away, for another reason
    departed,   ///< its holder left the town's staff
};

/// When and why a credential stops.
struct Revocation {
    std::chrono::sys_seconds at;
    RevokeReason why = RevokeReason::other;
};

/// One window of one pass. The signed bytes are made by the signer and never stored.
struct Credential {
    CredentialRow row{};
    std::int64_t pass_id = 0;  ///< 56 random bits, the same for every revision
    int revision = 0;
    int scope = 0;  ///< scope number of the zone
    std::chrono::sys_seconds not_before;
    int duration_min = 0;
    std::optional<std::chrono::sys_seconds> revoked_at;
    std::optional<RevokeReason> revoked_why;
};

/// A numbered pass of a booking with its newest credential.
struct Pass {
    PassRow row{};
    std::int64_t number = 0;  ///< within the town: "pass 7"
    BookingRow booking{};
    Holder holder;
    std::chrono::sys_seconds created_at;
    Credential credential;
};

/// The stable words of the database and the API.
std::string_view word_of(HolderKind kind);
std::string_view word_of(Way way);
std::string_view word_of(RevokeReason reason);
std::optional<HolderKind> holder_kind_of(std::string_view word);
std::optional<Way> way_of(std::string_view word);
std::optional<RevokeReason> revoke_reason_of(std::string_view word);

}  // namespace creneau::access
