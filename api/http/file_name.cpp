#include "api/http/file_name.hpp"

#include "api/http/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

namespace {

/// What follows `name=` among the parameters, quotes taken off.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
    for (auto rest = header; !rest.empty();) {
        const auto quote = rest.find('"');
        auto end = rest.find(';');
        if (quote < end) {
            const auto closing = rest.find('"', quote + 1);
            end = closing == std::string_view::npos ? rest.size() : rest.find(';', closing);
        }
        const auto one = trimmed(rest.substr(0, end));
        const auto equals = one.find('=');
        if (equals != std::string_view::npos && lowered(trimmed(one.substr(0, equals))) == name) {
            auto value = trimmed(one.substr(equals + 1));
            if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
                value = value.substr(1, value.size() - 2);
            }
            return std::string(value);
        }
        rest = end >= rest.size() ? std::string_view() : rest.substr(end + 1);
    }
    return std::nullopt;
}

bool is_plain(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == '_';
}

}  // namespace

std::optional<std::string> file_name_in(std::string_view header) {
    constexpr std::string_view kCharset = "utf-8'";
    if (const auto coded = parameter(header, "filename*")) {
        const auto value = std::string_view(*coded);
        const auto language_end = value.find('\'', kCharset.size());
        if (lowered(value.substr(0, kCharset.size())) == kCharset &&
            language_end != std::string_view::npos) {
            return percent_decoded(value.substr(language_end + 1), false);
        }
    }
    auto plain = parameter(header, "filename");
    return plain && is_utf8(*plain) ? plain : std::nullopt;
}

std::string as_attachment(std::string_view name) {
    constexpr std::array kHex{'0', '1', '2', '3', '4', '5', '6', '7',
                              '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    std::string header = "attachment; filename*=UTF-8''";
    for (const char byte : name) {
        const auto code = static_cast<unsigned char>(byte);
        if (is_plain(byte)) {
            header.push_back(byte);
        } else {
            header += {'%', kHex.at(code >> 4U), kHex.at(code & 0xFU)};
        }
    }
    return header;
}

}  // namespace creneau::http
