#include "api/people/organisations/pass_on_affairs.hpp"

#include "api/audit/audit_store.hpp"
#include "api/people/organisations/running_affairs_store.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

namespace creneau::people {

void pass_on_affairs(store::Session& session, const PassOnAffairs& order) {
    for (const OrphanedAffair& affair :
         select_orphaned(session, order.town, order.association, order.now)) {
        const auto to = order.to
                            ? order.to
                            : select_successor(session, order.town, affair.association, order.now);
        if (!to) {
            continue;
        }
        hand_over(session, order.town, {affair.association, affair.booker, *to}, order.now);
        audit::append(session, order.town,
                      {.at = order.now,
                       .actor = order.actor,
                       .for_whom = to,
                       .action = "association_handed_over",
                       .subject_kind = "association",
                       .subject = store::raw(affair.association),
                       .ground = {}});
    }
}

}  // namespace creneau::people
