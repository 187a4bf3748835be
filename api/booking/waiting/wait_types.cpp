#include "api/booking/waiting/wait_types.hpp"

#include <cstdlib>
#include <optional>
#include <string_view>

namespace creneau::booking {

std::string_view word_of(WaitStatus status) {
    switch (status) {
        case WaitStatus::waiting:
            return "waiting";
        case WaitStatus::offered:
            return "offered";
        case WaitStatus::booked:
            return "booked";
        case WaitStatus::left:
            return "left";
        case WaitStatus::lapsed:
            return "lapsed";
    }
    std::abort();
}

std::optional<WaitStatus> wait_status_of(std::string_view word) {
    for (const auto status : {WaitStatus::waiting, WaitStatus::offered, WaitStatus::booked,
                              WaitStatus::left, WaitStatus::lapsed}) {
        if (word_of(status) == word) {
            return status;
        }
    }
    return std::nullopt;
}

}  // namespace creneau::booking
