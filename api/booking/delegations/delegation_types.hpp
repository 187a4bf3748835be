#pragma once

#include "api/booking/booking_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::booking {

enum class DelegationId : std::int64_t {};

/// Who decides on requests in somebody's absence, from one local date to another, both included, in
/// the town's zone. It stands only while the delegator may decide: a delegate cannot pass it on.
struct Delegation {
    DelegationId id{};
    PersonId delegator{};
    std::string delegator_name;
    PersonId delegate{};
    std::string delegate_name;
    std::optional<SiteId> site;  ///< none: the whole town
    std::string from;            ///< local, 'YYYY-MM-DD'
    std::string until;
    std::chrono::sys_seconds created_at;
    std::optional<std::chrono::sys_seconds> ended_at;  ///< before its last date
};

/// What a delegation gives the delegate on one day.
struct Mandate {
    PersonId delegator{};
    std::optional<SiteId> site;  ///< none: the whole town
};

/// A person named in an answer.
struct NamedPerson {
    PersonId id{};
    std::string name;
};

/// Who decided on a booking, and for whom: "done by X for Y".
struct DecidedBy {
    std::optional<NamedPerson> by;
    std::optional<NamedPerson> in_place_of;
};

}  // namespace creneau::booking
