#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/mail/facts.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace creneau::booking {

// What a change to a hold or a wait writes besides its row, in the same transaction.

/// Who did what to which row. Without an actor it followed by itself.
struct Deed {
    std::string_view action;
    std::string_view subject_kind;  ///< "hold", "wait"
    std::int64_t subject = 0;
    std::optional<PersonId> actor{};
    PersonId booker{};
    std::chrono::sys_seconds at;
};
void record(store::Session& session, TownId town, const Deed& deed);

/// A claim of a hold or a wait with its names, since when, and the time now.
struct Claimed {
    const Claim& claim;
    const std::string& booker_name;
    const std::string& association_name;
    std::chrono::sys_seconds asked_at;
    std::chrono::sys_seconds now;
};
/// What a mail about it says, its booker the actor. Where their account was closed since: nobody
/// the actor for an association, nothing for an individual.
[[nodiscard]] std::optional<Affair> affair_of(store::Session& session, TownId town,
                                              const Claimed& claimed);

/// The equipment that it wants, as mails name it.
[[nodiscard]] std::vector<mail::HeldThing> things_of(store::Session& session, TownId town,
                                                     const OrderOwner& owner);

/// A mail to the holder about the hold; `notice.hold` is filled in.
void tell_holder(store::Session& session, TownId town, const Hold& hold, Notice notice,
                 std::chrono::sys_seconds now);

}  // namespace creneau::booking
