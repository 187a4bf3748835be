#include "api/privacy/keep_retention.hpp"

#include "api/audit/audit_store.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/store/session.hpp"

#include <vector>

#include <tl/expected.hpp>

namespace creneau::privacy {

std::vector<Period> list_periods(store::Session& session, people::TownId town) {
    const auto set = select_periods(session, town);
    std::vector<Period> periods;
    for (const DataKind& kind : data_kinds()) {
        const auto own = set.find(kind.word);
        periods.push_back(own == set.end()
                              ? Period{&kind, kind.usual, ""}
                              : Period{&kind, own->second.months, own->second.decision});
    }
    return periods;
}

tl::expected<Period, RetentionFault> set_retention(store::Session& session,
                                                   const SetRetention& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    if (!actor || !people::may_set_retention(*actor)) {
        return tl::unexpected(RetentionFault::not_allowed);
    }
    const DataKind* const kind = find_data_kind(order.kind);
    if (kind == nullptr) {
        return tl::unexpected(RetentionFault::unknown_kind);
    }
    if (order.months < kind->least || order.months > kind->most) {
        return tl::unexpected(RetentionFault::out_of_bounds);
    }
    save_period(session, order.town, order.kind,
                {{order.months, order.decision}, order.actor, order.now});
    audit::append(session, order.town,
                  {.at = order.now,
                   .actor = order.actor,
                   .for_whom = {},
                   .action = "retention_set",
                   .subject_kind = kind->word,
                   .subject = order.months,
                   .ground = {},
                   .log = audit::Log::security});
    return Period{kind, order.months, order.decision};
}

}  // namespace creneau::privacy
