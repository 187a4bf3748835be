#include "api/profiles/make_hours.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/booking/calendars/skip_calendars.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/profiles/hours_rules.hpp"
#include "api/profiles/hours_store.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::profiles {
namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr std::string::size_type kDateText = 10;

access::Interval ahead_of(std::chrono::sys_seconds now) {
    return {now, now + access::kHoursAhead};
}

std::string local_date(std::chrono::sys_seconds now, const std::string& time_zone) {
    return booking::local_time_of(now, time_zone).substr(0, kDateText);
}

/// A local day begins at most a day before the UTC one, and ends at most a day after it.
std::vector<local_days> days_off(store::Session& session, TownId town, const DaysOff& off,
                                 const access::Interval& within) {
    const auto calendars =
        booking::load_calendars(session, town, {off.public_holidays, off.school_holidays, false});
    std::vector<local_days> found;
    const auto first = std::chrono::floor<days>(within.start) - days{1};
    for (auto day = first; day <= within.end + days{1}; day += days{1}) {
        const local_days local{day.time_since_epoch()};
        if (booking::skip_reason(booking::LocalDate{local}, calendars)) {
            found.push_back(local);
        }
    }
    return found;
}

TwiceShown reading_of(HoursOwnerKind kind) {
    return kind == HoursOwnerKind::door ? TwiceShown::shorter : TwiceShown::longer;
}

}  // namespace

void make_hours_of(store::Session& session, TownId town, const OwnedTimetable& of,
                   std::chrono::sys_seconds now) {
    const auto within = ahead_of(now);
    LocalWeeks weeks;
    weeks.hours = of.timetable.hours;
    weeks.off = days_off(session, town, of.timetable.off, within);
    weeks.twice = reading_of(of.owner.kind);
    std::vector<ZoneHours> made;
    for (auto& zone : select_time_zones(session, town)) {
        weeks.zone = zone;
        made.push_back({std::move(zone), expand_hours(weeks, within)});
    }
    replace_hours_ahead(session, town, of.owner, made);
}

void make_hours(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    for (const auto& one : select_timetables(session, town)) {
        make_hours_of(session, town, one, now);
    }
    mark_hours_made(session, town, local_date(now, select_hours_made(session, town).time_zone));
}

void make_due_hours(store::Readers& readers, store::Writer& writer, TownId town,
                    std::chrono::sys_seconds now) {
    const bool due = readers.read([&](store::Session& session) {
        const auto made = select_hours_made(session, town);
        return made.on != local_date(now, made.time_zone);
    });
    if (due) {
        // What is lost is done by the next tick; policies hold 40 days.
        (void)writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
            make_hours(session, town, now);
            return true;
        });
    }
}

}  // namespace creneau::profiles
