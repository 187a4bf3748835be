#include "api/booking/delegations/delegation_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

// Ids and instants of ours are positive: 0 stands for NULL.
constexpr auto kSelect =
    "SELECT d.id, d.delegator_id, a.name, d.delegate_id, b.name, COALESCE(d.site_id, 0),"
    " d.from_date, d.until_date, d.created_at, COALESCE(d.ended_at, 0) FROM delegations d"
    " JOIN people a ON a.id = d.delegator_id JOIN people b ON b.id = d.delegate_id"
    " WHERE d.town_id = :town";

struct DelegationColumns {
    std::int64_t id = 0, delegator = 0, delegate = 0, site = 0, created_at = 0, ended_at = 0;
    std::string delegator_name, delegate_name, from, until;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(delegator));
        statement.exchange(into(delegator_name));
        statement.exchange(into(delegate));
        statement.exchange(into(delegate_name));
        statement.exchange(into(site));
        statement.exchange(into(from));
        statement.exchange(into(until));
        statement.exchange(into(created_at));
        statement.exchange(into(ended_at));
    }

    Delegation delegation() const {
        Delegation read{DelegationId{id},
                        PersonId{delegator},
                        delegator_name,
                        PersonId{delegate},
                        delegate_name,
                        {},
                        from,
                        until,
                        instant(created_at),
                        {}};
        if (site != 0) {
            read.site = SiteId{site};
        }
        if (ended_at != 0) {
            read.ended_at = instant(ended_at);
        }
        return read;
    }
};

std::vector<Delegation> delegations_where(store::Session& session, const std::string& tail,
                                          const std::vector<std::int64_t>& numbers) {
    DelegationColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<Delegation> found;
    while (statement.fetch()) {
        found.push_back(columns.delegation());
    }
    return found;
}

std::optional<NamedPerson> person_of(std::int64_t id, const std::string& name) {
    return id == 0 ? std::nullopt : std::optional(NamedPerson{PersonId{id}, name});
}

}  // namespace

DelegationId insert_delegation(store::Session& session, TownId town, const Delegation& delegation) {
    const std::int64_t town_id = raw(town);
    const std::int64_t delegator = raw(delegation.delegator);
    const std::int64_t delegate = raw(delegation.delegate);
    const std::int64_t site = delegation.site ? raw(*delegation.site) : 0;
    const std::int64_t created_at = unix_seconds(delegation.created_at);
    return DelegationId{store::insert_row(
        session,
        "INSERT INTO delegations (town_id, delegator_id, delegate_id, site_id, from_date,"
        " until_date, created_at) VALUES (:town, :delegator, :delegate,"
        " NULLIF(CAST(:site AS BIGINT), 0), :from, :until, :created)",
        use(town_id), use(delegator), use(delegate), use(site), use(delegation.from),
        use(delegation.until), use(created_at))};
}

std::optional<Delegation> select_delegation(store::Session& session, TownId town,
                                            DelegationId delegation) {
    const auto found = delegations_where(session, " AND d.id = :id", {raw(town), raw(delegation)});
    return found.empty() ? std::nullopt : std::optional(found.front());
}

bool end_delegation_row(store::Session& session, TownId town, DelegationId delegation,
                        std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(delegation);
    const std::int64_t at = unix_seconds(now);
    soci::statement statement =
        (session.sql().prepare << "UPDATE delegations SET ended_at = :now WHERE town_id = :town"
                                  " AND id = :id AND ended_at IS NULL",
         use(at), use(town_id), use(id));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::vector<Delegation> select_delegations(store::Session& session, TownId town,
                                           const DelegationQuery& query) {
    const std::int64_t before =
        query.before ? raw(*query.before) : std::numeric_limits<std::int64_t>::max();
    std::string tail = " AND d.id < :before";
    std::vector<std::int64_t> numbers{raw(town), before};
    if (query.of) {
        tail += " AND (d.delegator_id = :giver OR d.delegate_id = :taker)";
        numbers.insert(numbers.end(), {raw(*query.of), raw(*query.of)});
    }
    numbers.push_back(query.limit);
    return delegations_where(session, tail + " ORDER BY d.id DESC LIMIT :limit", numbers);
}

std::vector<Mandate> select_mandates(store::Session& session, TownId town, PersonId delegate,
                                     const MandateTime& time) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(delegate);
    const std::int64_t at = unix_seconds(time.now);
    const std::string& date = time.local_date;
    std::int64_t id = 0;
    std::int64_t delegator = 0;
    std::int64_t site = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT DISTINCT d.id, d.delegator_id, COALESCE(d.site_id, 0) FROM delegations d"
                " JOIN people p ON p.id = d.delegator_id AND p.enabled = 1"
                " AND (p.active_until IS NULL OR p.active_until > :now)"
                // Over a site also who is its office alone.
                " JOIN person_roles r ON r.person_id = p.id AND r.role = 'office'"
                " AND (r.scope_kind = 'town' OR (r.scope_kind = 'site' AND r.scope_id = d.site_id))"
                " WHERE d.town_id = :town AND d.delegate_id = :person AND d.ended_at IS NULL"
                " AND d.from_date <= :date AND d.until_date >= :day ORDER BY d.id",
         use(at), use(town_id), use(person), use(date), use(date), into(id), into(delegator),
         into(site));
    statement.execute();
    std::vector<Mandate> mandates;
    while (statement.fetch()) {
        mandates.push_back(
            {PersonId{delegator}, site == 0 ? std::nullopt : std::optional(SiteId{site})});
    }
    return mandates;
}

std::vector<DelegationId> end_delegations_of(store::Session& session, TownId town, PersonId person,
                                             std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t whose = raw(person);
    const std::int64_t at = unix_seconds(now);
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "UPDATE delegations SET ended_at = :now WHERE town_id = :town"
                                  " AND ended_at IS NULL AND (delegator_id = :giver"
                                  " OR delegate_id = :taker) RETURNING id",
         use(at), use(town_id), use(whose), use(whose), into(id));
    statement.execute();
    std::vector<DelegationId> ended;
    while (statement.fetch()) {
        ended.push_back(DelegationId{id});
    }
    return ended;
}

void note_decision(store::Session& session, TownId town, BookingId booking,
                   const std::optional<PersonId>& in_place_of) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(booking);
    const std::int64_t delegator = in_place_of ? raw(*in_place_of) : 0;
    session.sql() << "UPDATE bookings SET decided_for_id = NULLIF(CAST(:delegator AS BIGINT), 0)"
                     " WHERE town_id = :town AND id = :id",
        use(delegator), use(town_id), use(id);
}

DecidedBy decided_by(store::Session& session, TownId town, BookingId booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(booking);
    std::int64_t by = 0;
    std::int64_t delegator = 0;
    std::string by_name;
    std::string delegator_name;
    session.sql() << "SELECT COALESCE(p.id, 0), COALESCE(p.name, ''), COALESCE(d.id, 0),"
                     " COALESCE(d.name, '') FROM bookings b"
                     " LEFT JOIN people p ON p.id = b.decided_by_id"
                     " LEFT JOIN people d ON d.id = b.decided_for_id"
                     " WHERE b.town_id = :town AND b.id = :id",
        use(town_id), use(id), into(by), into(by_name), into(delegator), into(delegator_name);
    // A move that asks for a new approval forgets who decided, and with that for whom.
    return by == 0 ? DecidedBy{}
                   : DecidedBy{person_of(by, by_name), person_of(delegator, delegator_name)};
}

}  // namespace creneau::booking
