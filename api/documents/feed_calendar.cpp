#include "api/documents/feed_calendar.hpp"

#include "api/documents/event_parts.hpp"
#include "api/documents/series_component.hpp"
#include "api/documents/zone_component.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <cctz/time_zone.h>
#include <libical/ical.h>

namespace creneau::documents {
namespace {

using std::chrono::sys_seconds;

constexpr const char* kRefresh = "PT1H";

/// What a VTIMEZONE has to cover.
struct Span {
    sys_seconds start;
    sys_seconds end;
};

/// The zones of a feed, each with the time that its events take.
class Zones {
  public:
    /// False when the machine does not know the zone.
    bool cover(const FeedEvent& event) {
        cctz::time_zone zone;
        if (!cctz::load_time_zone(event.time_zone, &zone)) {
            return false;
        }
        const auto [found, is_new] = spans_.try_emplace(event.time_zone, event.start, event.end);
        Span& span = found->second;
        span.start = std::min(span.start, event.start);
        span.end = std::max(span.end, event.end);
        return true;
    }

    void add_to(icalcomponent* calendar) const {
        for (const auto& [name, span] : spans_) {
            cctz::time_zone zone;
            cctz::load_time_zone(name, &zone);
            icalcomponent_add_component(calendar, zone_component(zone, name, span.start, span.end));
        }
    }

  private:
    std::map<std::string, Span> spans_;
};

/// False when a time zone is unknown.
bool cover_all(const Feed& feed, Zones& zones) {
    bool known = true;
    for (const FeedEvent& event : feed.events) {
        known = zones.cover(event) && known;
    }
    for (const FeedSeries& series : feed.series) {
        for (const FeedDate& date : series.dates) {
            known = zones.cover(date.event) && known;
        }
    }
    if (feed.events.empty() && feed.series.empty()) {
        FeedEvent nothing;
        nothing.time_zone = feed.time_zone;
        known = zones.cover(nothing) && known;
    }
    return known;
}

void add_extension(icalcomponent* calendar, const char* name, const std::string& value) {
    icalproperty* property = icalproperty_new_x(value.c_str());
    icalproperty_set_x_name(property, name);
    icalcomponent_add_property(calendar, property);
}

Component empty_calendar(const std::string& name) {
    Component calendar(icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_prodid("-//Creneau//Creneau//FR"),
        icalproperty_new_version("2.0"), icalproperty_new_calscale("GREGORIAN"), nullptr));
    add_text(calendar.get(), icalproperty_new_name, name);
    add_extension(calendar.get(), "X-WR-CALNAME", plain_text(name));
    icalproperty* refresh =
        icalproperty_new_refreshinterval(icaldurationtype_from_string(kRefresh));
    icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
    icalcomponent_add_property(calendar.get(), refresh);
    add_extension(calendar.get(), "X-PUBLISHED-TTL", kRefresh);
    return calendar;
}

}  // namespace

tl::expected<std::string, FeedFault> feed_calendar(const Feed& feed) {
    Zones zones;
    if (!cover_all(feed, zones)) {
        return tl::unexpected(FeedFault::unknown_time_zone);
    }
    const Component calendar = empty_calendar(feed.name);
    zones.add_to(calendar.get());
    for (const FeedEvent& event : feed.events) {
        icalcomponent_add_component(calendar.get(), event_component(event));
    }
    for (const FeedSeries& series : feed.series) {
        for (icalcomponent* event : series_components(series)) {
            icalcomponent_add_component(calendar.get(), event);
        }
    }
    return text_of(calendar.get());
}

}  // namespace creneau::documents
