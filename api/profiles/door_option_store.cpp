#include "api/profiles/door_option_store.hpp"

#include "api/access/doors/door_types.hpp"
#include "api/profiles/door_option_rules.hpp"
#include "api/profiles/hours_store.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>

#include <soci/soci.h>

namespace creneau::profiles {
namespace {

using soci::into;
using soci::use;
using store::raw;

/// Booleans as columns have them.
struct Flags {
    std::int64_t passes_when_expired = 0, high_assurance = 0, free_after_first = 0, of_public = 0,
                 of_school = 0;
};

Flags flags_of(const DoorOptions& options) {
    return {options.passes_when_expired ? 1 : 0, options.high_assurance ? 1 : 0,
            options.free_after_first ? 1 : 0, options.off.public_holidays ? 1 : 0,
            options.off.school_holidays ? 1 : 0};
}

void take(const Flags& flags, DoorOptions& options) {
    options.passes_when_expired = flags.passes_when_expired == 1;
    options.high_assurance = flags.high_assurance == 1;
    options.free_after_first = flags.free_after_first == 1;
    options.off = {flags.of_public == 1, flags.of_school == 1};
}

void read_row(store::Session& session, std::int64_t town, std::int64_t door, DoorOptions& options) {
    Flags flags;
    session.sql() << "SELECT longer_unlock_ms, held_open_s, pre_alarm_s, relock, passback,"
                     " passback_min, passes_when_expired, high_assurance, free_after_first,"
                     " skip_public_holidays, skip_school_holidays FROM door_options"
                     " WHERE town_id = :town AND door_id = :door",
        use(town), use(door), into(options.longer_unlock_ms), into(options.held_open_s),
        into(options.pre_alarm_s), into(options.relock), into(options.passback),
        into(options.passback_min), into(flags.passes_when_expired), into(flags.high_assurance),
        into(flags.free_after_first), into(flags.of_public), into(flags.of_school);
    take(flags, options);
}

}  // namespace

std::optional<KeptOptions> select_options(store::Session& session, TownId town,
                                          access::DoorId door) {
    const std::int64_t town_id = raw(town);
    const std::int64_t door_id = raw(door);
    std::int64_t site = 0;
    KeptOptions kept;
    session.sql() << "SELECT d.site_id, d.unlock_ms, COALESCE(o.version, 0) FROM doors d"
                     " LEFT JOIN door_options o ON o.door_id = d.id AND o.town_id = d.town_id"
                     " WHERE d.town_id = :town AND d.id = :door",
        use(town_id), use(door_id), into(site), into(kept.unlock_ms), into(kept.version);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    kept.door = door;
    kept.site = access::SiteId{site};
    if (kept.version > 0) {
        read_row(session, town_id, door_id, kept.options);
    }
    kept.free_access = select_weekly_hours(session, town, {HoursOwnerKind::door, door_id});
    return kept;
}

bool write_options(store::Session& session, TownId town, const KeptOptions& kept) {
    const std::int64_t town_id = raw(town);
    const std::int64_t door = raw(kept.door);
    const DoorOptions& options = kept.options;
    const Flags flags = flags_of(options);
    soci::statement statement =
        (session.sql().prepare
             << "INSERT INTO door_options (door_id, town_id, longer_unlock_ms, held_open_s,"
                " pre_alarm_s, relock, passback, passback_min, passes_when_expired, high_assurance,"
                " free_after_first, skip_public_holidays, skip_school_holidays)"
                " VALUES (:door, :town, :longer, :held, :pre, :relock, :passback, :minutes,"
                " :expired, :assurance, :first, :of_public, :of_school)"
                " ON CONFLICT (door_id) DO UPDATE SET longer_unlock_ms = excluded.longer_unlock_ms,"
                " held_open_s = excluded.held_open_s, pre_alarm_s = excluded.pre_alarm_s,"
                " relock = excluded.relock, passback = excluded.passback,"
                " passback_min = excluded.passback_min,"
                " passes_when_expired = excluded.passes_when_expired,"
                " high_assurance = excluded.high_assurance,"
                " free_after_first = excluded.free_after_first,"
                " skip_public_holidays = excluded.skip_public_holidays,"
                " skip_school_holidays = excluded.skip_school_holidays,"
                " version = door_options.version + 1 WHERE door_options.version = :version",
         use(door), use(town_id), use(options.longer_unlock_ms), use(options.held_open_s),
         use(options.pre_alarm_s), use(options.relock), use(options.passback),
         use(options.passback_min), use(flags.passes_when_expired), use(flags.high_assurance),
         use(flags.free_after_first), use(flags.of_public), use(flags.of_school),
         use(kept.version));
    statement.execute(true);
    if (statement.get_affected_rows() != 1) {
        return false;
    }
    replace_weekly_hours(session, town, {HoursOwnerKind::door, door}, kept.free_access);
    return true;
}

}  // namespace creneau::profiles
