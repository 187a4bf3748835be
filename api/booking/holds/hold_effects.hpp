#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

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

/// A mail to the holder about the hold; `notice.hold` is filled in.
void tell_holder(store::Session& session, TownId town, const Hold& hold, Notice notice,
                 std::chrono::sys_seconds now);

}  // namespace creneau::booking
