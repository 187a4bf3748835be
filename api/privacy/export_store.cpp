#include "api/privacy/export_store.hpp"

#include "api/people/ids.hpp"
#include "api/privacy/export_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>

namespace creneau::privacy {

namespace {

using soci::into;
using soci::use;

/// Its first column is called as in the table: rows are asked for by it.
struct Spec {
    const char* name;
    const char* id;       // what its rows are ordered by
    const char* columns;  // "name expression;#number expression;@instant expression"
    const char* from;     // of :town and :person, in this order
};

constexpr Spec kSpecs[] = {
    {"person", "p.id",
     "#id p.id;name p.name;email CASE WHEN p.has_email = 1 THEN p.email ELSE '' END;"
     "locale p.locale;phone p.phone;postal_address p.postal_address;#enabled p.enabled;"
     "@active_from p.active_from;@active_until p.active_until;@restricted_at p.restricted_at",
     "people p WHERE p.town_id = :town AND p.id = :person"},
    {"roles", "r.id",
     "#id r.id;role r.role;scope r.scope_kind;#scope_id r.scope_id;@given_at r.given_at",
     "person_roles r WHERE r.town_id = :town AND r.person_id = :person"},
    {"associations", "a.id", "#id a.id;name a.name",
     "associations a JOIN association_managers m ON m.association_id = a.id"
     " WHERE m.town_id = :town AND m.person_id = :person"},
    {"groups", "g.id", "#id g.id;name g.name",
     "booker_groups g JOIN person_groups m ON m.group_id = g.id"
     " WHERE m.town_id = :town AND m.person_id = :person"},
    {"bookings", "b.id",
     "#id b.id;room r.name;#association_id b.association_id;status b.status;start b.local_start;"
     "end b.local_end;#attendees b.attendees;purpose b.purpose;ground b.ground;"
     "ground_text b.ground_text;@requested_at b.requested_at;@decided_at b.decided_at;"
     "#given_back CASE WHEN EXISTS (SELECT 1 FROM releases g WHERE g.town_id = b.town_id"
     " AND g.booking_id = b.id AND g.start_at = b.start_at) THEN 1 ELSE 0 END;"
     "#came CASE WHEN EXISTS (SELECT 1 FROM check_ins c WHERE c.town_id = b.town_id"
     " AND c.booking_id = b.id AND c.start_at = b.start_at) THEN 1 ELSE 0 END",
     "bookings b JOIN rooms r ON r.id = b.room_id WHERE b.town_id = :town"
     " AND b.booker_id = :person"},
    {"reasons", "r.id",
     "#id r.id;#booking_id r.subject_id;action r.action;@at r.at;reason r.reason",
     "bookings b JOIN reasons r ON r.town_id = b.town_id AND r.subject_kind = 'booking'"
     " AND r.subject_id = b.id WHERE b.town_id = :town AND b.booker_id = :person"},
    {"series", "s.id",
     "#id s.id;room r.name;#association_id s.association_id;pattern s.pattern;"
     "first_date s.first_date;until_date s.until_date;start_time s.start_time;"
     "end_time s.end_time;#attendees s.attendees;purpose s.purpose;@requested_at s.requested_at",
     "series s JOIN rooms r ON r.id = s.room_id WHERE s.town_id = :town AND s.booker_id = :person"},
    {"waits", "w.id",
     "#id w.id;room r.name;status w.status;start w.local_start;end w.local_end;"
     "#attendees w.attendees;purpose w.purpose;@asked_at w.asked_at",
     "waits w JOIN rooms r ON r.id = w.room_id WHERE w.town_id = :town AND w.booker_id = :person"},
    {"holds", "h.id",
     "#id h.id;room r.name;status h.status;start h.local_start;end h.local_end;"
     "#attendees h.attendees;purpose h.purpose;@placed_at h.placed_at",
     "holds h JOIN rooms r ON r.id = h.room_id WHERE h.town_id = :town AND h.booker_id = :person"},
    {"wishes", "w.id",
     "#id w.id;round d.name;#association_id w.association_id;weekday w.weekday;"
     "start_time w.start_time;end_time w.end_time;#attendees w.attendees;purpose w.purpose;"
     "verdict w.verdict;@stated_at w.stated_at",
     "round_wishes w JOIN rounds d ON d.id = w.round_id WHERE w.town_id = :town"
     " AND w.booker_id = :person"},
    {"papers", "p.id",
     "#id p.id;kind p.kind;reference p.reference;valid_from p.valid_from;"
     "valid_until p.valid_until;file_name p.file_name;@recorded_at p.recorded_at;"
     "@accepted_at p.accepted_at",
     "papers p WHERE p.town_id = :town AND p.holder_kind = 'person' AND p.holder_id = :person"},
    {"messages", "o.id",
     "#id o.id;template o.template;#booking_id o.booking_id;state o.state;"
     "@created_at o.created_at;@done_at o.done_at",
     "outbox o WHERE o.town_id = :town AND o.person_id = :person"},
    {"passes", "p.id",
     "#id p.id;#number p.number;#booking_id p.booking_id;@created_at p.created_at",
     "passes p WHERE p.town_id = :town AND p.holder_kind = 'person' AND p.holder_id = :person"},
    {"feeds", "f.id", "#id f.id;kind f.kind;@created_at f.created_at;@revoked_at f.revoked_at",
     "feeds f WHERE f.town_id = :town AND f.reader_id = :person"},
    {"sessions", "s.id",
     "#id s.id;device s.device;@created_at s.created_at;@seen_at s.seen_at;@ends_at s.ends_at",
     "sessions s WHERE s.town_id = :town AND s.person_id = :person"},
    {"tokens", "t.id",
     "#id t.id;name t.name;scopes t.scopes;@created_at t.created_at;@expires_at t.expires_at",
     "access_tokens t WHERE t.town_id = :town AND t.person_id = :person"},
    {"delegations", "d.id",
     "#id d.id;#delegator_id d.delegator_id;#delegate_id d.delegate_id;from_date d.from_date;"
     "until_date d.until_date;@created_at d.created_at;@ended_at d.ended_at",
     "people p JOIN delegations d ON d.delegator_id = p.id OR d.delegate_id = p.id"
     " WHERE d.town_id = :town AND p.id = :person"},
    {"staff", "s.person_id",
     "#person_id s.person_id;#department_id s.department_id;#line_manager_id s.line_manager_id;"
     "from_date s.from_date;until_date s.until_date",
     "staff s WHERE s.town_id = :town AND s.person_id = :person"},
    {"subscriptions", "s.id",
     "#id s.id;service s.service;email s.email;@created_at s.created_at;@ended_at s.ended_at",
     "people p JOIN subscriptions s ON s.town_id = p.town_id AND LOWER(s.email) = LOWER(p.email)"
     " WHERE p.town_id = :town AND p.id = :person"},
    {"exports_confirmed", "c.id",
     "#id c.id;@asked_at c.asked_at;@confirmed_at c.confirmed_at;@used_at c.used_at",
     "confirmations c WHERE c.town_id = :town AND c.kind = 'person_export'"
     " AND c.subject_id = :person"},
    {"duties", "d.id", "#id d.id;word d.word;from_date d.from_date;until_date d.until_date",
     "duties d WHERE d.town_id = :town AND d.person_id = :person"},
    {"movements", "m.id",
     "#id m.id;kind m.kind;@at m.at;@announced_at m.announced_at;@done_at m.done_at;"
     "@withdrawn_at m.withdrawn_at",
     "staff_movements m WHERE m.town_id = :town AND m.person_id = :person"},
    {"badges", "b.id", "#id b.id;state b.state;@from_at b.from_at;@until_at b.until_at",
     "badges b WHERE b.town_id = :town AND b.holder_kind = 'person' AND b.holder_id = :person"},
    {"badge_events", "e.id",
     "#id e.id;@occurred_at e.occurred_at;#door_id e.door_id;kind e.kind;reason e.reason;"
     "#badge_id e.badge_id",
     "access_events e JOIN badges b ON b.id = e.badge_id AND b.town_id = e.town_id"
     " WHERE e.town_id = :town AND b.holder_kind = 'person' AND b.holder_id = :person"},
    {"pass_events", "e.id",
     "#id e.id;@occurred_at e.occurred_at;#door_id e.door_id;kind e.kind;reason e.reason;"
     "#pass_number e.pass_number",
     "access_events e JOIN passes p ON p.number = e.pass_number AND p.town_id = e.town_id"
     " WHERE e.town_id = :town AND p.holder_kind = 'person' AND p.holder_id = :person"},
    {"second_factor", "f.person_id", "#person_id f.person_id;@switched_on_at f.switched_on_at",
     "second_factors f WHERE f.town_id = :town AND f.person_id = :person"},
    {"activity", "a.id",
     "#id a.id;@at a.at;log a.log;action a.action;subject_kind a.subject_kind;"
     "#subject_id a.subject_id;ground a.ground",
     "audit a WHERE a.town_id = :town AND a.actor_id = :person"},
    {"activity_about", "a.id",
     "#id a.id;@at a.at;log a.log;action a.action;subject_kind a.subject_kind;"
     "#subject_id a.subject_id;ground a.ground",
     "people p JOIN audit a ON a.town_id = p.town_id AND (a.for_id = p.id"
     " OR (a.subject_kind = 'person' AND a.subject_id = p.id)) WHERE p.town_id = :town"
     " AND p.id = :person"},
};

/// The columns of a spec, and what the database is asked for.
struct Asked {
    std::vector<ExportedColumn> columns;
    std::string expressions;
};

Asked asked_of(const Spec& spec) {
    Asked asked;
    const std::string_view all(spec.columns);
    for (std::size_t at = 0; at < all.size();) {
        const auto end = std::min(all.find(';', at), all.size());
        const auto piece = all.substr(at, end - at);
        const auto space = piece.find(' ');
        const bool is_number = piece.front() == '#';
        const bool is_instant = piece.front() == '@';
        const std::size_t skipped = is_number || is_instant ? 1 : 0;
        asked.columns.push_back(
            {std::string(piece.substr(skipped, space - skipped)), is_number    ? ValueKind::number
                                                                  : is_instant ? ValueKind::instant
                                                                               : ValueKind::text});
        asked.expressions += asked.expressions.empty() ? "" : ", ";
        asked.expressions += "COALESCE(CAST(";
        asked.expressions += piece.substr(space + 1);
        asked.expressions += " AS TEXT), '')";
        at = end + 1;
    }
    return asked;
}

const Spec* spec_of(std::string_view table) {
    for (const Spec& spec : kSpecs) {
        if (table == spec.name) {
            return &spec;
        }
    }
    return nullptr;
}

}  // namespace

std::vector<std::string> export_tables() {
    std::vector<std::string> names;
    for (const Spec& spec : kSpecs) {
        names.emplace_back(spec.name);
    }
    return names;
}

ExportedTable select_exported(store::Session& session, people::TownId town, people::PersonId person,
                              const ExportPage& page) {
    ExportedTable table;
    const Spec* const spec = spec_of(page.table);
    if (spec == nullptr) {
        return table;
    }
    const auto asked = asked_of(*spec);
    table.name = spec->name;
    table.columns = asked.columns;
    const std::int64_t town_id = store::raw(town);
    const std::int64_t person_id = store::raw(person);
    const std::int64_t before =
        page.before > 0 ? page.before : std::numeric_limits<std::int64_t>::max();
    std::vector<std::string> row(asked.columns.size());
    soci::statement statement(session.sql());
    for (std::string& value : row) {
        statement.exchange(into(value));
    }
    statement.exchange(use(town_id));
    statement.exchange(use(person_id));
    statement.exchange(use(before));
    statement.exchange(use(page.most));
    statement.alloc();
    statement.prepare("SELECT " + asked.expressions + " FROM " + spec->from + " AND " + spec->id +
                      " < :before ORDER BY " + spec->id + " DESC LIMIT :most");
    statement.define_and_bind();
    statement.execute();
    while (statement.fetch()) {
        table.rows.push_back(row);
    }
    return table;
}

}  // namespace creneau::privacy
