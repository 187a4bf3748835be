#include "api/documents/booking_calendar.hpp"

#include "api/documents/event_parts.hpp"
#include "api/documents/feed_calendar.hpp"
#include "api/documents/series_component.hpp"
#include "api/documents/zone_component.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cctz/time_zone.h>
#include <libical/ical.h>

namespace creneau::documents {
namespace {

using std::chrono::sys_seconds;

bool is_organizer(std::string_view address) {
    const auto plain = [](char c) { return c > ' ' && c < '\x7f' && c != '<' && c != '>'; };
    const std::size_t at = address.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
           address.find('@', at + 1) == std::string_view::npos &&
           std::ranges::all_of(address, plain);
}

/// A parameter value cannot hold quotes or line feeds.
std::string parameter_text(std::string_view text) {
    std::string result = plain_text(text);
    std::ranges::replace(result, '\n', ' ');
    std::ranges::replace(result, '"', '\'');
    return result;
}

icalproperty_status status_of(const BookingEvent& event) {
    if (event.method == CalendarMethod::cancel) {
        return ICAL_STATUS_CANCELLED;
    }
    return event.tentative ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
}

void add_organizer(icalcomponent* component, const Organizer& organizer) {
    icalproperty* property = icalproperty_new_organizer(("mailto:" + organizer.email).c_str());
    if (const std::string name = parameter_text(organizer.name); !name.empty()) {
        icalproperty_add_parameter(property, icalparameter_new_cn(name.c_str()));
    }
    icalcomponent_add_property(component, property);
}

void add_texts(icalcomponent* component, const BookingEvent& event) {
    add_text(component, icalproperty_new_summary, event.summary);
    add_text(component, icalproperty_new_location, event.location);
    add_text(component, icalproperty_new_description, event.description);
    add_organizer(component, event.organizer);
}

icalcomponent* event_component(const BookingEvent& event, const cctz::time_zone& zone) {
    const std::string uid = "booking-" + std::to_string(event.booking_id) + "@" + event.town_key;
    icalcomponent* component =
        icalcomponent_vanew(ICAL_VEVENT_COMPONENT, icalproperty_new_uid(uid.c_str()),
                            icalproperty_new_dtstamp(utc_time(event.stamp)),
                            icalproperty_new_sequence(static_cast<int>(event.sequence)),
                            icalproperty_new_status(status_of(event)),
                            icalproperty_new_transp(ICAL_TRANSP_OPAQUE), nullptr);
    if (has_local_form(zone, event.start, event.end)) {
        add_local_slot(component, zone, event.start, event.end);
    } else {
        add_utc_slot(component, event.start, event.end);
    }
    add_texts(component, event);
    return component;
}

Component empty_calendar(CalendarMethod method) {
    return Component(icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_prodid("-//Creneau//Creneau//FR"),
        icalproperty_new_version("2.0"), icalproperty_new_calscale("GREGORIAN"),
        icalproperty_new_method(method == CalendarMethod::cancel ? ICAL_METHOD_CANCEL
                                                                 : ICAL_METHOD_PUBLISH),
        nullptr));
}

/// What a VTIMEZONE has to cover.
struct Span {
    sys_seconds start;
    sys_seconds end;
};

std::optional<CalendarError> why_not(const std::vector<FeedSeries>& all,
                                     const Organizer& organizer) {
    for (const FeedSeries& series : all) {
        for (const auto& [start, end, event] : series.dates) {
            cctz::time_zone zone;
            if (!cctz::load_time_zone(event.time_zone, &zone)) {
                return CalendarError::unknown_time_zone;
            }
            if (event.end <= event.start) {
                return CalendarError::bad_interval;
            }
        }
    }
    return is_organizer(organizer.email) ? std::nullopt
                                         : std::optional(CalendarError::bad_organizer);
}

void add_zones(icalcomponent* calendar, const std::vector<FeedSeries>& all) {
    std::map<std::string, Span> spans;
    for (const FeedSeries& series : all) {
        for (const auto& [start, end, event] : series.dates) {
            auto& span = spans.try_emplace(event.time_zone, event.start, event.end).first->second;
            span.start = std::min(span.start, event.start);
            span.end = std::max(span.end, event.end);
        }
    }
    for (const auto& [name, span] : spans) {
        cctz::time_zone zone;
        cctz::load_time_zone(name, &zone);
        icalcomponent_add_component(calendar, zone_component(zone, name, span.start, span.end));
    }
}

}  // namespace

std::string_view word_of(CalendarMethod method) {
    switch (method) {
        case CalendarMethod::publish:
            return "PUBLISH";
        case CalendarMethod::cancel:
            return "CANCEL";
    }
    return {};
}

tl::expected<std::string, CalendarError> booking_calendar(const BookingEvent& event) {
    cctz::time_zone zone;
    if (!cctz::load_time_zone(event.time_zone, &zone)) {
        return tl::unexpected(CalendarError::unknown_time_zone);
    }
    if (event.end <= event.start) {
        return tl::unexpected(CalendarError::bad_interval);
    }
    if (!is_organizer(event.organizer.email)) {
        return tl::unexpected(CalendarError::bad_organizer);
    }
    const Component calendar = empty_calendar(event.method);
    if (has_local_form(zone, event.start, event.end)) {
        icalcomponent_add_component(calendar.get(),
                                    zone_component(zone, event.time_zone, event.start, event.end));
    }
    icalcomponent_add_component(calendar.get(), event_component(event, zone));
    return text_of(calendar.get());
}

tl::expected<std::string, CalendarError> series_calendar(const std::vector<FeedSeries>& series,
                                                         const Organizer& organizer) {
    if (const auto error = why_not(series, organizer)) {
        return tl::unexpected(*error);
    }
    const Component calendar = empty_calendar(CalendarMethod::publish);
    add_zones(calendar.get(), series);
    for (const FeedSeries& one : series) {
        for (icalcomponent* event : series_components(one)) {
            add_organizer(event, organizer);
            icalcomponent_add_component(calendar.get(), event);
        }
    }
    return text_of(calendar.get());
}

tl::expected<std::string, CalendarError> date_calendar(const FeedSeries& series,
                                                       CalendarMethod method,
                                                       const Organizer& organizer) {
    if (const auto error = why_not({series}, organizer)) {
        return tl::unexpected(*error);
    }
    FeedDate date = series.dates.front();
    if (method == CalendarMethod::cancel) {
        date.event.status = EventStatus::cancelled;
    }
    const Component calendar = empty_calendar(method);
    add_zones(calendar.get(), {series});
    icalcomponent* event = date_component(series, date);
    add_organizer(event, organizer);
    icalcomponent_add_component(calendar.get(), event);
    return text_of(calendar.get());
}

}  // namespace creneau::documents
