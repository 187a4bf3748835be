#include "api/documents/booking_calendar.hpp"

#include <iostream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

/// Reads a JSON object with the fields of BookingEvent, prints the calendar file.
int main() {
    using creneau::documents::CalendarMethod;
    const std::string input(std::istreambuf_iterator<char>(std::cin), {});
    const auto json = nlohmann::json::parse(input);
    const auto instant = [&](const char* name) {
        return std::chrono::sys_seconds(std::chrono::seconds(json.at(name).get<std::int64_t>()));
    };
    const auto text = creneau::documents::booking_calendar({
        .booking_id = json.at("booking_id"),
        .town_key = json.at("town_key"),
        .sequence = json.at("sequence"),
        .method = json.at("cancel") ? CalendarMethod::cancel : CalendarMethod::publish,
        .tentative = json.at("tentative"),
        .start = instant("start"),
        .end = instant("end"),
        .stamp = instant("stamp"),
        .time_zone = json.at("time_zone"),
        .summary = json.at("summary"),
        .location = json.at("location"),
        .description = json.at("description"),
        .organizer = {json.at("organizer_name"), json.at("organizer_email")},
    });
    if (!text) {
        std::cerr << "refused " << static_cast<int>(text.error()) << '\n';
        return 1;
    }
    std::cout << *text;
    return 0;
}
