#include "api/documents/event_parts.hpp"

#include "api/documents/zone_component.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

namespace creneau::documents {
namespace {

using std::chrono::sys_seconds;

struct FreeText {
    void operator()(char* text) const { std::free(text); }
};

bool names_instant(const cctz::time_zone& zone, sys_seconds at) {
    return cctz::convert(cctz::convert(at, zone), zone) == at;
}

}  // namespace

std::string text_of(icalcomponent* component) {
    const std::unique_ptr<char, FreeText> text(icalcomponent_as_ical_string_r(component));
    return text.get();
}

std::string plain_text(std::string_view text) {
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) {
        return c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != '\x7f');
    });
    return result;
}

void add_text(icalcomponent* component, icalproperty* (*make)(const char*),
              const std::string& text) {
    if (const std::string plain = plain_text(text); !plain.empty()) {
        icalcomponent_add_property(component, make(plain.c_str()));
    }
}

icaltimetype utc_time(sys_seconds at) {
    icaltimetype time = ical_time(cctz::convert(at, cctz::utc_time_zone()));
    time.zone = icaltimezone_get_utc_timezone();
    return time;
}

void add_local_time(icalcomponent* component, icalproperty* property, const std::string& zone) {
    icalproperty_add_parameter(property, icalparameter_new_tzid(zone.c_str()));
    icalcomponent_add_property(component, property);
}

bool has_local_form(const cctz::time_zone& zone, sys_seconds start, sys_seconds end) {
    return names_instant(zone, start) && names_instant(zone, end);
}

void add_local_slot(icalcomponent* event, const cctz::time_zone& zone, sys_seconds start,
                    sys_seconds end) {
    add_local_time(event, icalproperty_new_dtstart(ical_time(cctz::convert(start, zone))),
                   zone.name());
    add_local_time(event, icalproperty_new_dtend(ical_time(cctz::convert(end, zone))), zone.name());
}

void add_utc_slot(icalcomponent* event, sys_seconds start, sys_seconds end) {
    icalcomponent_add_property(event, icalproperty_new_dtstart(utc_time(start)));
    icalcomponent_add_property(event, icalproperty_new_dtend(utc_time(end)));
}

}  // namespace creneau::documents
