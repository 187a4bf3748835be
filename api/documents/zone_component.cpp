#include "api/documents/zone_component.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::documents {
namespace {

using cctz::civil_second;
using cctz::time_zone;
using std::chrono::sys_seconds;

constexpr int kChangesAfter = 2;

struct Observance {
    civil_second begins;  // as clocks showed it before the change
    int offset_from = 0;  // seconds east of UTC
    int offset_to = 0;
    bool daylight = false;
    std::string name;
};

sys_seconds instant_of(const time_zone& zone, const time_zone::civil_transition& change) {
    const auto lookup = zone.lookup(change.to);
    return lookup.kind == time_zone::civil_lookup::UNIQUE ? lookup.pre : lookup.trans;
}

Observance observance_at(const time_zone& zone, sys_seconds instant, const civil_second& begins) {
    const auto before = zone.lookup(instant - std::chrono::seconds{1});
    const auto after = zone.lookup(instant);
    return {begins, before.offset, after.offset, after.is_dst, after.abbr};
}

Observance unchanging(const time_zone& zone, sys_seconds at) {
    const auto now = zone.lookup(at);
    return {civil_second(1970, 1, 1), now.offset, now.offset, now.is_dst, now.abbr};
}

std::vector<Observance> observances(const time_zone& zone, sys_seconds start, sys_seconds end) {
    std::vector<Observance> found;
    time_zone::civil_transition change;
    if (zone.prev_transition(start + std::chrono::seconds{1}, &change)) {
        found.push_back(observance_at(zone, instant_of(zone, change), change.from));
    } else {
        found.push_back(unchanging(zone, start));
    }
    sys_seconds at = start;
    for (int after = 0; after < kChangesAfter && zone.next_transition(at, &change);) {
        at = instant_of(zone, change);
        found.push_back(observance_at(zone, at, change.from));
        after += at >= end ? 1 : 0;
    }
    return found;
}

icalcomponent* component_of(const Observance& observance) {
    return icalcomponent_vanew(
        observance.daylight ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT,
        icalproperty_new_dtstart(ical_time(observance.begins)),
        icalproperty_new_tzoffsetfrom(observance.offset_from),
        icalproperty_new_tzoffsetto(observance.offset_to),
        icalproperty_new_tzname(observance.name.c_str()), nullptr);
}

}  // namespace

icaltimetype ical_time(const civil_second& at) {
    icaltimetype time = icaltime_null_time();
    time.year = static_cast<int>(at.year());
    time.month = at.month();
    time.day = at.day();
    time.hour = at.hour();
    time.minute = at.minute();
    time.second = at.second();
    return time;
}

icalcomponent* zone_component(const time_zone& zone, const std::string& name, sys_seconds start,
                              sys_seconds end) {
    icalcomponent* component = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT);
    icalcomponent_add_property(component, icalproperty_new_tzid(name.c_str()));
    for (const Observance& observance : observances(zone, start, end)) {
        icalcomponent_add_component(component, component_of(observance));
    }
    return component;
}

}  // namespace creneau::documents
