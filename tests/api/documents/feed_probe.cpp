#include "api/documents/feed_calendar.hpp"

#include <chrono>
#include <iostream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

namespace {

using creneau::documents::EventStatus;
using creneau::documents::FeedEvent;
using creneau::documents::FeedSeries;
using nlohmann::json;

std::chrono::sys_seconds instant(const json& at) {
    return std::chrono::sys_seconds(std::chrono::seconds(at.get<std::int64_t>()));
}

EventStatus status_of(const std::string& word) {
    return word == "confirmed"   ? EventStatus::confirmed
           : word == "tentative" ? EventStatus::tentative
                                 : EventStatus::cancelled;
}

FeedEvent event_of(const json& made) {
    return {.uid = made.at("uid"),
            .sequence = made.at("sequence"),
            .changed = instant(made.at("changed")),
            .start = instant(made.at("start")),
            .end = instant(made.at("end")),
            .time_zone = made.at("time_zone"),
            .status = status_of(made.at("status")),
            .summary = made.at("summary"),
            .location = made.at("location"),
            .description = made.at("description")};
}

FeedSeries series_of(const json& made) {
    FeedSeries series{made.at("uid"), made.at("sequence"), instant(made.at("changed")), {}};
    for (const auto& date : made.at("dates")) {
        series.dates.push_back(
            {date.at("usual_start"), date.at("usual_end"), event_of(date.at("event"))});
    }
    return series;
}

}  // namespace

/// Reads a JSON object with the fields of Feed, prints the calendar file.
int main() {
    const std::string input(std::istreambuf_iterator<char>(std::cin), {});
    const auto made = json::parse(input);
    creneau::documents::Feed feed{made.at("name"), made.at("time_zone"), {}, {}};
    for (const auto& event : made.at("events")) {
        feed.events.push_back(event_of(event));
    }
    for (const auto& series : made.at("series")) {
        feed.series.push_back(series_of(series));
    }
    const auto text = creneau::documents::feed_calendar(feed);
    if (!text) {
        std::cerr << "refused\n";
        return 1;
    }
    std::cout << *text;
    return 0;
}
