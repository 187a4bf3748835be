#include "api/booking/imports/line_digest.hpp"

#include "api/booking/imports/booking_sheet.hpp"

#include <array>
#include <string>

#include <sodium.h>

namespace creneau::booking {

std::string digest_of(const BookingLine& line) {
    std::string values;
    for (const std::string& value : {line.room, line.association, line.email, line.start, line.end,
                                     std::to_string(line.attendees), line.purpose, line.layout}) {
        values += std::to_string(value.size()) + ':' + value;
    }
    std::array<unsigned char, 32> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(values.data()), values.size(),
                       nullptr, 0);
    std::array<char, 2 * hash.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

}  // namespace creneau::booking
