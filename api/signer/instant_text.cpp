#include "api/signer/instant_text.hpp"

#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/chrono.h>
#include <fmt/core.h>

namespace creneau::signer {
namespace {

constexpr std::string_view kDateShape = "dddd-dd-dd";
constexpr std::string_view kInstantShape = "dddd-dd-ddTdd:dd:ddZ";

bool has_shape(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i]) {
            return false;
        }
    }
    return true;
}

int number(std::string_view text, std::size_t at, std::size_t length) {
    int value = 0;
    const auto part = text.substr(at, length);
    std::from_chars(part.data(), part.data() + part.size(), value);
    return value;
}

}  // namespace

std::string to_text(std::chrono::sys_seconds instant) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", instant);
}

std::optional<std::chrono::sys_seconds> instant_from(std::string_view text) {
    const bool with_time = has_shape(text, kInstantShape);
    if (!with_time && !has_shape(text, kDateShape)) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{number(text, 0, 4)},
        std::chrono::month{static_cast<unsigned>(number(text, 5, 2))},
        std::chrono::day{static_cast<unsigned>(number(text, 8, 2))}};
    if (!date.ok()) {
        return std::nullopt;
    }
    std::chrono::sys_seconds instant = std::chrono::sys_days{date};
    if (with_time) {
        const std::chrono::hours hours{number(text, 11, 2)};
        const std::chrono::minutes minutes{number(text, 14, 2)};
        const std::chrono::seconds seconds{number(text, 17, 2)};
        if (hours.count() > 23 || minutes.count() > 59 || seconds.count() > 59) {
            return std::nullopt;
        }
        instant += hours + minutes + seconds;
    }
    return instant;
}

}  // namespace creneau::signer
