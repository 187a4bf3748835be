#include "api/arrivals/announced.hpp"

#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/arrivals/presence_store.hpp"
#include "api/booking/feeds/feed_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/people/organisations/organisation_audit.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/record_rules.hpp"
#include "api/people/organisations/staff_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/roles/administrator_rules.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::arrivals {

using people::FieldFault;

bool announces(store::Session& session, const people::Actor& actor, const people::Scope& place) {
    const auto person = people::find_person(session, actor.town, actor.person);
    return person && people::may_announce_movements(*person, place);
}

std::optional<Moment> moment_in(store::Session& session, const people::Actor& actor,
                                const TypedMoment& typed, std::vector<FieldFault>& faults) {
    const auto zone = booking::select_town_clock(session, actor.town).time_zone;
    const auto local = local_moment(typed.typed, typed.of_day);
    const auto at = local ? booking::instant_of(*local, zone) : std::nullopt;
    if (!at) {
        faults.push_back({typed.field, "bad_time",
                          "Une date et une heure de la commune sont attendues : 2026-12-05T18:00.",
                          "A local date and time is expected: 2026-12-05T18:00."});
        return std::nullopt;
    }
    if (*at < actor.now - kLatestNews) {
        faults.push_back({typed.field, "past", "Cet instant est passé depuis plus d'un jour.",
                          "This is more than a day ago."});
        return std::nullopt;
    }
    // A time that the clock change leaves out is another one on the wall.
    return Moment{*at, booking::local_time_of(*at, zone)};
}

FieldFault end_before_start(const std::string& field) {
    return {field, "end_before_start", "Le départ doit être après l'arrivée.",
            "The departure must be after the arrival."};
}

void record_movement(store::Session& session, const people::Actor& actor, const Movement& movement,
                     std::string_view what) {
    std::string action(word_of(movement.kind));
    action += '_';
    action += what;
    people::record_change(session, actor, action,
                          {"movement", store::raw(movement.id), movement.person.id});
}

MovementId keep_announced(store::Session& session, const people::Actor& actor,
                          const NewMovement& movement) {
    NewMovement kept = movement;
    kept.announced_by = actor.person;
    kept.announced_at = actor.now;
    kept.steps = {NoticeStep::it, NoticeStep::access};
    const auto member = people::select_staff_member(session, actor.town, movement.person);
    if (member && member->line_manager) {
        kept.steps.insert(kept.steps.begin(), NoticeStep::line_manager);
    }
    Movement made;
    made.id = insert_movement(session, actor.town, kept);
    made.kind = kept.kind;
    made.person.id = kept.person;
    record_movement(session, actor, made, "announced");
    return made.id;
}

std::vector<FieldFault> faults_of_presence(store::Session& session, const people::Actor& actor,
                                           const ChangedPresence& changed) {
    std::vector<FieldFault> faults;
    const auto& [from, until] = changed.presence;
    if (from && until && *until <= *from) {
        faults.push_back(end_before_start(changed.field));
    }
    const people::AdministratorStay stay{changed.person, from, until};
    if (people::leaves_none(people::select_administrators(session, actor.town),
                            {changed.person, stay}, actor.now)) {
        faults.push_back(people::last_administrator());
    }
    return faults;
}

std::optional<FieldFault> fault_of_absence(store::Session& session, const people::Actor& actor,
                                           PersonId person) {
    return people::leaves_none(people::select_administrators(session, actor.town), {person, {}},
                               actor.now)
               ? std::optional(people::last_administrator())
               : std::nullopt;
}

}  // namespace creneau::arrivals
