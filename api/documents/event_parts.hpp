#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include <cctz/time_zone.h>
#include <libical/ical.h>

namespace creneau::documents {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

/// The text of a component (CRLF, folded).
[[nodiscard]] std::string text_of(icalcomponent* component);

/// Without the control characters that mean nothing in a text value: all but line feeds.
[[nodiscard]] std::string plain_text(std::string_view text);

/// Adds the property that `make` makes of a text; nothing for an empty one.
void add_text(icalcomponent* component, icalproperty* (*make)(const char*),
              const std::string& text);

[[nodiscard]] icaltimetype utc_time(std::chrono::sys_seconds at);

/// Adds a property with a local time, in the zone of that name.
void add_local_time(icalcomponent* component, icalproperty* property, const std::string& zone);

/// Whether the local forms of a slot name its instants and no others.
[[nodiscard]] bool has_local_form(const cctz::time_zone& zone, std::chrono::sys_seconds start,
                                  std::chrono::sys_seconds end);

/// Adds DTSTART and DTEND with a TZID.
void add_local_slot(icalcomponent* event, const cctz::time_zone& zone,
                    std::chrono::sys_seconds start, std::chrono::sys_seconds end);

/// Adds DTSTART and DTEND in UTC form.
void add_utc_slot(icalcomponent* event, std::chrono::sys_seconds start,
                  std::chrono::sys_seconds end);

}  // namespace creneau::documents
