#include "api/http/request.hpp"

#include "api/http/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

std::optional<std::string_view> Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key != "cookie") {
            continue;
        }
        std::string_view left = value;
        while (!left.empty()) {
            const auto part = left.substr(0, left.find(';'));
            left.remove_prefix(std::min(left.size(), part.size() + 1));
            const auto pair = trimmed(part);
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
                return std::string(pair.substr(equals + 1));
            }
        }
    }
    return std::nullopt;
}

std::int64_t Request::number(const std::string& parameter) const {
    const auto& text = parameters.at(parameter);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace creneau::http
