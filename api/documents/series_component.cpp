#include "api/documents/series_component.hpp"

#include "api/documents/date_rule.hpp"
#include "api/documents/event_parts.hpp"
#include "api/documents/feed_calendar.hpp"
#include "api/documents/zone_component.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <cctz/time_zone.h>
#include <libical/ical.h>

namespace creneau::documents {
namespace {

using cctz::civil_second;
using std::chrono::local_days;
using std::chrono::sys_seconds;

/// Where the rule of a series puts a date, when no clock change is near.
struct UsualSlot {
    civil_second start;
    sys_seconds start_at;
    sys_seconds end_at;
};

struct Member {
    UsualSlot usual;
    const FeedEvent* event;
};

cctz::time_zone zone_named(const std::string& name) {
    cctz::time_zone zone;
    cctz::load_time_zone(name, &zone);
    return zone;
}

std::optional<civil_second> civil_of(const std::string& local) {
    sys_seconds at;
    if (!cctz::parse("%Y-%m-%dT%H:%M", local, cctz::utc_time_zone(), &at)) {
        return std::nullopt;
    }
    return cctz::convert(at, cctz::utc_time_zone());
}

/// Whether the clocks change on that day or on the next: whatever the series' hours, so that a date
/// keeps its UID when they are edited.
bool is_near_change(const civil_second& start, const cctz::time_zone& zone) {
    const cctz::civil_day day(start);
    const auto offset_at = [&](const cctz::civil_day& midnight) {
        return zone.lookup(zone.lookup(civil_second(midnight)).pre).offset;
    };
    return offset_at(day) != offset_at(day + 2);
}

/// Nothing near a clock change.
std::optional<UsualSlot> usual_slot(const FeedDate& date, const cctz::time_zone& zone) {
    const auto start = civil_of(date.usual_start);
    const auto end = civil_of(date.usual_end);
    if (!start || !end || is_near_change(*start, zone)) {
        return std::nullopt;
    }
    const auto from = zone.lookup(*start);
    const auto to = zone.lookup(*end);
    const auto unique = cctz::time_zone::civil_lookup::UNIQUE;
    if (from.kind != unique || to.kind != unique ||
        zone.lookup(from.pre).offset != zone.lookup(to.pre).offset || to.pre <= from.pre) {
        return std::nullopt;
    }
    return UsualSlot{*start, from.pre, to.pre};
}

local_days day_of(const civil_second& at) {
    return local_days{std::chrono::year(static_cast<int>(at.year())) / at.month() / at.day()};
}

icalproperty_status word_of(EventStatus status) {
    switch (status) {
        case EventStatus::confirmed:
            return ICAL_STATUS_CONFIRMED;
        case EventStatus::tentative:
            return ICAL_STATUS_TENTATIVE;
        case EventStatus::cancelled:
            return ICAL_STATUS_CANCELLED;
    }
    return ICAL_STATUS_CANCELLED;
}

/// Programs that keep start and length, not the end, lose an hour where a clock change lies between
/// them in local form.
void add_slot(icalcomponent* component, const cctz::time_zone& zone, const FeedEvent& event) {
    const bool steady = zone.lookup(event.start).offset == zone.lookup(event.end).offset;
    if (steady && has_local_form(zone, event.start, event.end)) {
        add_local_slot(component, zone, event.start, event.end);
    } else {
        add_utc_slot(component, event.start, event.end);
    }
}

/// The date that speaks for all: confirmed before tentative before cancelled, at its usual time
/// before moved.
const Member& spokesman(const std::vector<Member>& members) {
    const auto rank = [](const Member& member) {
        const bool moved = member.event->start != member.usual.start_at ||
                           member.event->end != member.usual.end_at;
        return 2 * static_cast<int>(member.event->status) + (moved ? 1 : 0);
    };
    return *std::ranges::min_element(members, {}, rank);
}

bool is_usual(const Member& member, const FeedEvent& master) {
    const FeedEvent& event = *member.event;
    return event.start == member.usual.start_at && event.end == member.usual.end_at &&
           event.status == master.status && event.summary == master.summary &&
           event.location == master.location && event.description == master.description;
}

void add_dates(icalcomponent* master, const std::vector<Member>& members, const std::string& zone) {
    std::vector<local_days> days;
    std::ranges::transform(members, std::back_inserter(days),
                           [](const Member& member) { return day_of(member.usual.start); });
    const DateRule dates = rule_of(days);
    if (dates.rule.empty()) {
        for (const Member& member : members) {
            icaldatetimeperiodtype date{};
            date.time = ical_time(member.usual.start);
            date.period = icalperiodtype_null_period();
            add_local_time(master, icalproperty_new_rdate(date), zone);
        }
        return;
    }
    icalcomponent_add_property(
        master, icalproperty_new_rrule(icalrecurrencetype_from_string(dates.rule.c_str())));
    const civil_second first = members.front().usual.start;
    for (const local_days day : dates.left_out) {
        const auto after = (day - days.front()).count();
        const civil_second at(first.year(), first.month(), first.day() + after, first.hour(),
                              first.minute(), first.second());
        add_local_time(master, icalproperty_new_exdate(ical_time(at)), zone);
    }
}

icalcomponent* instance_of(const FeedSeries& series, const Member& member) {
    FeedEvent changed = *member.event;
    changed.uid = series.uid;
    changed.sequence = series.sequence;
    icalcomponent* event = event_component(changed);
    add_local_time(event, icalproperty_new_recurrenceid(ical_time(member.usual.start)),
                   changed.time_zone);
    return event;
}

std::vector<icalcomponent*> together(const FeedSeries& series, const std::vector<Member>& members) {
    FeedEvent master = *spokesman(members).event;
    master.uid = series.uid;
    master.sequence = series.sequence;
    master.changed = series.changed;
    master.start = members.front().usual.start_at;
    master.end = members.front().usual.end_at;
    std::vector<icalcomponent*> events{event_component(master)};
    add_dates(events.front(), members, master.time_zone);
    for (const Member& member : members) {
        if (is_usual(member, master)) {
            continue;
        }
        events.push_back(instance_of(series, member));
    }
    return events;
}

}  // namespace

icalcomponent* event_component(const FeedEvent& event) {
    icalcomponent* component = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(event.uid.c_str()),
        icalproperty_new_dtstamp(utc_time(event.changed)),
        icalproperty_new_lastmodified(utc_time(event.changed)),
        icalproperty_new_sequence(static_cast<int>(event.sequence)),
        icalproperty_new_status(word_of(event.status)),
        icalproperty_new_transp(event.busy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT),
        nullptr);
    add_slot(component, zone_named(event.time_zone), event);
    add_text(component, icalproperty_new_summary, event.summary);
    add_text(component, icalproperty_new_location, event.location);
    add_text(component, icalproperty_new_description, event.description);
    return component;
}

icalcomponent* date_component(const FeedSeries& series, const FeedDate& date) {
    const auto usual = usual_slot(date, zone_named(date.event.time_zone));
    return usual ? instance_of(series, {*usual, &date.event}) : event_component(date.event);
}

std::vector<icalcomponent*> series_components(const FeedSeries& series) {
    std::vector<Member> members;
    std::vector<icalcomponent*> alone;
    for (const FeedDate& date : series.dates) {
        const auto usual = usual_slot(date, zone_named(date.event.time_zone));
        if (usual) {
            members.push_back({*usual, &date.event});
        } else {
            alone.push_back(event_component(date.event));
        }
    }
    std::vector<icalcomponent*> events;
    if (!members.empty()) {
        events = together(series, members);
    }
    events.insert(events.end(), alone.begin(), alone.end());
    return events;
}

}  // namespace creneau::documents
