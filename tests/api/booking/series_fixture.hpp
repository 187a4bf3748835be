#pragma once

#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/request_series.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

/// A town in which people ask for series.
class SeriesTest : public TownTest {
  protected:
    static LocalDate day(int year, unsigned month, unsigned of_month) {
        return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
    }

    /// Camille, for the choir: four Saturdays in kDanton from 5 December 2026, 18:30 to 20:30.
    static RequestSeries saturdays() {
        RequestSeries request;
        request.town = kTown;
        request.actor = kCamille;
        request.room = kDanton;
        request.association = kChoir;
        request.recurrence = {day(2026, 12, 5), Weekly{1, {std::chrono::Saturday}}, std::nullopt,
                              4};
        request.start_time = "18:30";
        request.end_time = "20:30";
        request.attendees = 12;
        request.purpose = "Répétition";
        request.now = kNow;
        return request;
    }
    /// The same, decided by the office, for the choir.
    static RequestSeries office_saturdays(ConflictPolicy conflicts = ConflictPolicy::replace) {
        auto request = saturdays();
        request.actor = kOffice;
        request.booker = kCamille;
        request.conflicts = conflicts;
        return request;
    }

    Outcome<SeriesId> ask(RequestSeries request) {
        return write(request_series, std::move(request));
    }

    /// A booking of somebody else on one day, at the time of saturdays().
    Booking chess_on(const std::string& date) {
        auto order = wish();
        order.actor = kAlex;
        order.association = kChess;
        order.start = date + "T18:00";
        order.end = date + "T19:00";
        return request(order).value();
    }

    std::int64_t count(const std::string& table_and_condition) {
        return number("SELECT COUNT(*) FROM " + table_and_condition);
    }
    std::string facts_of_mail(const std::string& template_word) {
        return text("SELECT facts FROM outbox WHERE template = '" + template_word + "'");
    }
};

/// "2026-12-12:room_taken 2027-01-02:in_the_past,room_taken"
std::string dates_of(const BookingError& error);

}  // namespace creneau::booking
