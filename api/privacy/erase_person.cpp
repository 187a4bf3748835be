#include "api/privacy/erase_person.hpp"

#include "api/audit/audit_store.hpp"
#include "api/audit/day.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/organisations/running_affairs_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/roles/administrator_rules.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/people/security_log.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/privacy/erasure_store.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/privacy/obstacle_store.hpp"
#include "api/privacy/unused_store.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::privacy {

namespace {

std::vector<Obstacle> obstacles_to(store::Session& session, const ErasePerson& order) {
    auto obstacles = select_obstacles(session, order.town, order.person, order.now);
    for (const RunningAssociation& association :
         select_running_associations(session, order.town, order.person, order.now)) {
        if (!association.successor) {
            obstacles.push_back(
                {ObstacleKind::association_without_manager, store::raw(association.id)});
        }
    }
    if (people::leaves_none(people::select_administrators(session, order.town), {order.person, {}},
                            order.now)) {
        obstacles.push_back({ObstacleKind::sole_administrator, store::raw(order.person)});
    }
    if (order.actor == order.person) {
        obstacles.push_back({ObstacleKind::own_account, store::raw(order.person)});
    }
    return obstacles;
}

tl::unexpected<EraseRefusal> refuse(EraseFault fault, std::vector<Obstacle> obstacles = {}) {
    return tl::unexpected(EraseRefusal{fault, std::move(obstacles)});
}

}  // namespace

tl::expected<ErasedPerson, EraseRefusal> erase_person(store::Session& session,
                                                      const ErasureLedger& ledger,
                                                      const ErasePerson& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    if (!actor || !people::may_answer_for_data(*actor)) {
        return refuse(EraseFault::not_allowed);
    }
    const auto state = select_person_state(session, order.person);
    if (!state || state->town != order.town) {
        return refuse(EraseFault::unknown_person);
    }
    if (state->erased_at) {
        return ErasedPerson{order.person, *state->erased_at};
    }
    if (auto obstacles = obstacles_to(session, order); !obstacles.empty()) {
        return refuse(EraseFault::obstacles, std::move(obstacles));
    }
    erase_now(session, order, true);
    ledger.add({order.town, order.person, order.now});
    return ErasedPerson{order.person, order.now};
}

UnusedEnd end_unused(store::Session& session, const ErasureLedger& ledger, const ErasePerson& order,
                     std::chrono::sys_seconds before) {
    const people::PersonId one_before{store::raw(order.person) - 1};
    const auto still = select_unused(session, order.town, {before, order.now, one_before, 1});
    if (still.empty() || still.front().person != order.person ||
        !obstacles_to(session, order).empty()) {
        return UnusedEnd::none;
    }
    if (!still.front().announced) {
        people::announce_account_end(
            session, order.town, order.person,
            audit::text_of(std::chrono::floor<std::chrono::days>(order.now + kAnnouncedAhead)),
            order.now);
        return UnusedEnd::announced;
    }
    erase_now(session, order, false);
    ledger.add({order.town, order.person, order.now});
    return UnusedEnd::erased;
}

void erase_now(store::Session& session, const ErasePerson& order, bool by_person) {
    const auto actor = by_person ? std::optional(order.actor) : std::nullopt;
    for (const RunningAssociation& association :
         select_running_associations(session, order.town, order.person, order.now)) {
        if (association.successor) {
            people::hand_over(session, order.town,
                              {association.id, order.person, *association.successor}, order.now);
            audit::append(session, order.town,
                          {.at = order.now,
                           .actor = actor,
                           .for_whom = association.successor,
                           .action = "association_handed_over",
                           .subject_kind = "association",
                           .subject = store::raw(association.id),
                           .ground = {}});
        }
    }
    erase_traces(session, order.town, order.person, order.now);
    people::log_security(session, order.town,
                         {.action = "person_erased",
                          .actor = actor,
                          .about = order.person,
                          .at = order.now,
                          .ground = order.reason});
}

}  // namespace creneau::privacy
