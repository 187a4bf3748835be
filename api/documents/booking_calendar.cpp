#include "api/documents/booking_calendar.hpp"

#include "api/documents/zone_component.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include <cctz/time_zone.h>
#include <libical/ical.h>

namespace creneau::documents {
namespace {

using std::chrono::sys_seconds;

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct FreeText {
    void operator()(char* text) const { std::free(text); }
};

bool is_organizer(std::string_view address) {
    const auto plain = [](char c) { return c > ' ' && c < '\x7f' && c != '<' && c != '>'; };
    const std::size_t at = address.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
           address.find('@', at + 1) == std::string_view::npos &&
           std::ranges::all_of(address, plain);
}

/// A text value may hold line feeds; no other control character has a meaning in one.
std::string plain_text(std::string_view text) {
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) {
        return c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != '\x7f');
    });
    return result;
}

/// A parameter value cannot hold quotes or line feeds.
std::string parameter_text(std::string_view text) {
    std::string result = plain_text(text);
    std::ranges::replace(result, '\n', ' ');
    std::ranges::replace(result, '"', '\'');
    return result;
}

bool names_instant(const cctz::time_zone& zone, sys_seconds at) {
    return cctz::convert(cctz::convert(at, zone), zone) == at;
}

icaltimetype utc_time(sys_seconds at) {
    icaltimetype time = ical_time(cctz::convert(at, cctz::utc_time_zone()));
    time.zone = icaltimezone_get_utc_timezone();
    return time;
}

void add_text(icalcomponent* event, icalproperty* (*make)(const char*), const std::string& text) {
    if (const std::string plain = plain_text(text); !plain.empty()) {
        icalcomponent_add_property(event, make(plain.c_str()));
    }
}

void add_local_time(icalcomponent* event, icalproperty* property, const std::string& zone) {
    icalproperty_add_parameter(property, icalparameter_new_tzid(zone.c_str()));
    icalcomponent_add_property(event, property);
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

icalcomponent* event_component(const BookingEvent& event, const cctz::time_zone& zone,
                               bool in_utc) {
    const std::string uid = "booking-" + std::to_string(event.booking_id) + "@" + event.town_key;
    icalcomponent* component =
        icalcomponent_vanew(ICAL_VEVENT_COMPONENT, icalproperty_new_uid(uid.c_str()),
                            icalproperty_new_dtstamp(utc_time(event.stamp)),
                            icalproperty_new_sequence(static_cast<int>(event.sequence)),
                            icalproperty_new_status(status_of(event)),
                            icalproperty_new_transp(ICAL_TRANSP_OPAQUE), nullptr);
    if (in_utc) {
        icalcomponent_add_property(component, icalproperty_new_dtstart(utc_time(event.start)));
        icalcomponent_add_property(component, icalproperty_new_dtend(utc_time(event.end)));
    } else {
        add_local_time(component,
                       icalproperty_new_dtstart(ical_time(cctz::convert(event.start, zone))),
                       event.time_zone);
        add_local_time(component, icalproperty_new_dtend(ical_time(cctz::convert(event.end, zone))),
                       event.time_zone);
    }
    add_texts(component, event);
    return component;
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
    if (!is_organizer(event.organizer_email)) {
        return tl::unexpected(CalendarError::bad_organizer);
    }
    const bool in_utc = !names_instant(zone, event.start) || !names_instant(zone, event.end);
    const Component calendar(icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_prodid("-//Creneau//Creneau//FR"),
        icalproperty_new_version("2.0"), icalproperty_new_calscale("GREGORIAN"),
        icalproperty_new_method(event.method == CalendarMethod::cancel ? ICAL_METHOD_CANCEL
                                                                       : ICAL_METHOD_PUBLISH),
        nullptr));
    if (!in_utc) {
        icalcomponent_add_component(calendar.get(),
                                    zone_component(zone, event.time_zone, event.start, event.end));
    }
    icalcomponent_add_component(calendar.get(), event_component(event, zone, in_utc));
    const std::unique_ptr<char, FreeText> text(icalcomponent_as_ical_string_r(calendar.get()));
    return std::string(text.get());
}

}  // namespace creneau::documents
