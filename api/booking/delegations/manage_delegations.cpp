#include "api/booking/delegations/manage_delegations.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/delegations/delegation_rules.hpp"
#include "api/booking/delegations/delegation_store.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace creneau::booking {

namespace {

bool knows_site(store::Session& session, TownId town, SiteId site) {
    const auto sites = list_sites(session, town);
    return std::ranges::find(sites, site, &Site::id) != sites.end();
}

DelegationFaults faults_of(store::Session& session, const Delegate& order) {
    auto faults =
        check_dates(order.from, order.until, local_date_in(session, order.town, order.now));
    const auto delegate = people::find_person(session, order.town, order.delegate);
    const bool signs_in = delegate && !delegate->email.empty();
    if (!signs_in || !may_decide_for_others(*delegate)) {
        faults.push_back(DelegationFault::unknown_delegate);
    } else if (order.delegate == order.actor) {
        faults.push_back(DelegationFault::delegate_is_oneself);
    } else if (may_delegate(*delegate, order.site)) {
        faults.push_back(DelegationFault::already_decides);
    }
    if (order.site && !knows_site(session, order.town, *order.site)) {
        faults.push_back(DelegationFault::unknown_site);
    }
    return faults;
}

void record(store::Session& session, TownId town, const Delegation& delegation, audit::Line line) {
    line.for_whom = line.actor == delegation.delegator ? delegation.delegate : delegation.delegator;
    line.subject_kind = "delegation";
    line.subject = static_cast<std::int64_t>(delegation.id);
    line.log = audit::Log::security;
    audit::append(session, town, line);
}

}  // namespace

tl::expected<Delegation, DelegationFaults> delegate(store::Session& session,
                                                    const Delegate& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    if (!actor || !may_delegate(*actor, order.site)) {
        return tl::unexpected(DelegationFaults{DelegationFault::not_allowed});
    }
    auto faults = faults_of(session, order);
    if (!faults.empty()) {
        return tl::unexpected(std::move(faults));
    }
    Delegation delegation;
    delegation.delegator = order.actor;
    delegation.delegate = order.delegate;
    delegation.site = order.site;
    delegation.from = order.from;
    delegation.until = order.until;
    delegation.created_at = order.now;
    delegation.id = insert_delegation(session, order.town, delegation);
    record(session, order.town, delegation,
           {order.now, order.actor, {}, "delegation_given", {}, 0, {}});
    return store::present(select_delegation(session, order.town, delegation.id),
                          "delegation just given");
}

tl::expected<DelegationId, DelegationFaults> end_delegation(store::Session& session,
                                                            const EndDelegation& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    const auto delegation = select_delegation(session, order.town, order.delegation);
    if (!actor || !delegation || !may_end(*actor, *delegation) ||
        !end_delegation_row(session, order.town, order.delegation, order.now)) {
        return tl::unexpected(DelegationFaults{DelegationFault::unknown_delegation});
    }
    record(session, order.town, *delegation,
           {order.now, order.actor, {}, "delegation_ended", {}, 0, {}});
    return order.delegation;
}

}  // namespace creneau::booking
