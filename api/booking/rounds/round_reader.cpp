#include "api/booking/rounds/round_reader.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace creneau::booking {

RoundReader reader_of(store::Session& session, TownId town, const WishForm& form, PersonId writer) {
    const auto managers = managers_of(session, town, form.association);
    const auto booker = std::ranges::find(managers, form.booker.value_or(PersonId{}));
    const PersonId manager = booker != managers.end() ? *booker
                             : managers.empty()       ? writer
                                                      : managers.front();
    return {store::present(people::find_person(session, town, manager),
                           "who reads of a round, or writes of it"),
            !managers.empty()};
}

mail::NewMail mail_to(const RoundReader& reader, TownId town, const RoundWish& wish,
                      std::chrono::sys_seconds now) {
    mail::NewMail mail;
    mail.town_id = static_cast<std::int64_t>(town);
    mail.person_id = static_cast<std::int64_t>(reader.person.id);
    if (!reader.is_manager) {
        mail.association_id = static_cast<std::int64_t>(wish.form.association);
    }
    mail.round_id = static_cast<std::int64_t>(wish.round);
    mail.now = now;
    return mail;
}

}  // namespace creneau::booking
