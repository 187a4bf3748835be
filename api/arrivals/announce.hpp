#pragma once

#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::arrivals {

// HR says who comes and who goes. Times are local ones of the town, 'YYYY-MM-DDTHH:MM', or a date.

struct AnnounceArrival {
    people::Actor actor;
    std::optional<PersonId> person;  ///< who left the staff and comes back; else name and address
    std::string name;
    std::string email;  ///< may be empty: no account is opened by mail
    std::string locale = "fr";
    people::DepartmentId department{};
    std::optional<PersonId> line_manager;
    std::vector<std::string> duties;
    std::string starts;               ///< a date: from its first minute on
    std::optional<std::string> ends;  ///< the departure, announced with it; a date: to its end
    std::chrono::hours delay = kUsualDelay;
};
/// Somebody is of the staff from an instant on: until then nothing lets them in, and from then on
/// their account does, whether anybody is there or not.
[[nodiscard]] people::Organised<Movement> announce_arrival(store::Session& session,
                                                           const AnnounceArrival& order);

struct AnnounceDeparture {
    people::Actor actor;
    PersonId person{};
    std::string ends;  ///< a date: to its end
    std::chrono::hours delay = kUsualDelay;
};
/// From an instant on nothing lets somebody of the staff in. Nobody announces their own, and an
/// administrator always stays.
[[nodiscard]] people::Organised<Movement> announce_departure(store::Session& session,
                                                             const AnnounceDeparture& order);

struct CorrectMovement {
    people::Actor actor;
    MovementId movement{};
    std::string moment;
};
/// Another instant, until the first one has come. Whoever has to know is told anew.
[[nodiscard]] people::Organised<Movement> correct_movement(store::Session& session,
                                                           const CorrectMovement& order);

struct WithdrawMovement {
    people::Actor actor;
    MovementId movement{};
};
/// It does not take place: who was told is told so. Who was to arrive is none of the staff and
/// their account is closed; a departure announced with it goes, too.
[[nodiscard]] people::Organised<Movement> withdraw_movement(store::Session& session,
                                                            const WithdrawMovement& order);

}  // namespace creneau::arrivals
