#include "api/privacy/restrict_person.hpp"

#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/security_log.hpp"
#include "api/privacy/erasure_store.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/store/session.hpp"

#include <optional>

#include <tl/expected.hpp>

namespace creneau::privacy {

tl::expected<people::PersonId, EraseFault> restrict_person(store::Session& session,
                                                           const RestrictPerson& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    if (!actor || !people::may_answer_for_data(*actor)) {
        return tl::unexpected(EraseFault::not_allowed);
    }
    const auto state = select_person_state(session, order.person);
    if (!state || state->town != order.town || state->erased_at) {
        return tl::unexpected(EraseFault::unknown_person);
    }
    mark_restricted(session, order.town, order.person,
                    order.restricted ? std::optional(order.now) : std::nullopt);
    people::log_security(session, order.town,
                         {.action = order.restricted ? "person_restricted" : "person_unrestricted",
                          .actor = order.actor,
                          .about = order.person,
                          .at = order.now});
    return order.person;
}

}  // namespace creneau::privacy
