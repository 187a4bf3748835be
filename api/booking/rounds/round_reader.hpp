#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::booking {

/// Who reads of an association's wishes.
struct RoundReader {
    people::Person person;
    bool is_manager = true;  ///< false: nobody manages it, and `person` has it written to
};

/// The booker of the wish where they still manage the association, else another manager; where
/// nobody does, `writer`.
[[nodiscard]] RoundReader reader_of(store::Session& session, TownId town, const WishForm& form,
                                    PersonId writer);

/// A mail about a round to that reader; where nobody manages the association, to its own address,
/// else it becomes a letter. Template and facts are to be added.
[[nodiscard]] mail::NewMail mail_to(const RoundReader& reader, TownId town, const RoundWish& wish,
                                    std::chrono::sys_seconds now);

}  // namespace creneau::booking
