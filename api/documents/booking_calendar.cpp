#include "api/documents/booking_calendar.hpp"

#include "api/documents/event_parts.hpp"
#include "api/documents/zone_component.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cctz/time_zone.h>
#include <libical/ical.h>

namespace creneau::documents {
namespace {

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

void add_texts(icalcomponent* component, const BookingEvent& event) {
    add_text(component, icalproperty_new_summary, event.summary);
    add_text(component, icalproperty_new_location, event.location);
    add_text(component, icalproperty_new_description, event.description);
    icalproperty* organizer =
        icalproperty_new_organizer(("mailto:" + event.organizer_email).c_str());
    if (const std::string name = parameter_text(event.organizer_name); !name.empty()) {
        icalproperty_add_parameter(organizer, icalparameter_new_cn(name.c_str()));
    }
    icalcomponent_add_property(component, organizer);
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

/// Adds the zone as far as any of the events needs it.
void add_zone(icalcomponent* calendar, const std::vector<BookingEvent>& events,
              const cctz::time_zone& zone) {
    std::optional<std::pair<std::chrono::sys_seconds, std::chrono::sys_seconds>> span;
    for (const BookingEvent& event : events) {
        if (has_local_form(zone, event.start, event.end)) {
            span = span ? std::pair(std::min(span->first, event.start),
                                    std::max(span->second, event.end))
                        : std::pair(event.start, event.end);
        }
    }
    if (span) {
        icalcomponent_add_component(
            calendar, zone_component(zone, events.front().time_zone, span->first, span->second));
    }
}

tl::expected<std::string, CalendarError> calendar_of(const std::vector<BookingEvent>& events,
                                                     CalendarMethod method) {
    cctz::time_zone zone;
    if (!cctz::load_time_zone(events.front().time_zone, &zone)) {
        return tl::unexpected(CalendarError::unknown_time_zone);
    }
    if (std::ranges::any_of(events, [](const auto& one) { return one.end <= one.start; })) {
        return tl::unexpected(CalendarError::bad_interval);
    }
    if (!std::ranges::all_of(events, is_organizer, &BookingEvent::organizer_email)) {
        return tl::unexpected(CalendarError::bad_organizer);
    }
    const Component calendar(icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_prodid("-//Creneau//Creneau//FR"),
        icalproperty_new_version("2.0"), icalproperty_new_calscale("GREGORIAN"),
        icalproperty_new_method(method == CalendarMethod::cancel ? ICAL_METHOD_CANCEL
                                                                 : ICAL_METHOD_PUBLISH),
        nullptr));
    add_zone(calendar.get(), events, zone);
    for (const BookingEvent& event : events) {
        icalcomponent_add_component(calendar.get(), event_component(event, zone));
    }
    return text_of(calendar.get());
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
    return calendar_of({event}, event.method);
}

tl::expected<std::string, CalendarError> bookings_calendar(
    const std::vector<BookingEvent>& events) {
    return calendar_of(events, CalendarMethod::publish);
}

}  // namespace creneau::documents
