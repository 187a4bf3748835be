#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/imports/booking_sheet.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

struct ImportBookings {
    TownId town{};
    std::string actor_email;  ///< of the office: who acts for the bookers
    std::vector<SheetRow> rows;
    bool commit = false;        ///< false: everything is decided and nothing is kept
    bool skip_refused = false;  ///< keep what passes; otherwise all or nothing
    bool approve = false;       ///< approve what the room would leave to be decided
    std::chrono::sys_seconds now;
};

enum class LineEnd : std::uint8_t {
    booked,   ///< or would be
    known,    ///< by an earlier import: nothing to do
    refused,  ///< see its problems
};

struct LineReport {
    std::size_t line = 0;
    LineEnd end = LineEnd::refused;
    BookingId booking{};  ///< of what was booked and kept, or known
    std::vector<SheetProblem> problems;
};

struct SheetReport {
    std::vector<SheetProblem> problems;  ///< of the sheet; then no line was looked at
    std::vector<LineReport> lines;
    bool kept = false;  ///< what is `booked` is in the database

    [[nodiscard]] std::size_t count(LineEnd end) const;
};

/// Books each line as request_booking() does for the office acting for the booker: the same rules,
/// occupancy, audit lines and mails, line by line, so that a line also meets those before it. A
/// line is known by its reference, or else by its content. An unexpected report is not to be kept:
/// the caller rolls back.
[[nodiscard]] tl::expected<SheetReport, SheetReport> import_bookings(store::Session& session,
                                                                     const ImportBookings& order);

}  // namespace creneau::booking
