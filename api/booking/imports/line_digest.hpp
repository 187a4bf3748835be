#pragma once

#include "api/booking/imports/booking_sheet.hpp"

#include <string>

namespace creneau::booking {

/// BLAKE2b-256 of what a line asks for, in hexadecimal; its place and reference do not count.
[[nodiscard]] std::string digest_of(const BookingLine& line);

}  // namespace creneau::booking
