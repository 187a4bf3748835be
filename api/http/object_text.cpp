#include "api/http/object_text.hpp"

#include "api/http/text.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::http {

namespace {

constexpr std::size_t kUsualSize = 640;  // most rows of an answer, so that a text grows once

/// What stands after the backslash in the two-byte escapes, NUL for other bytes.
char short_escape(char byte) {
    switch (byte) {
        case '"':
        case '\\':
            return byte;
        case '\b':
            return 'b';
        case '\f':
            return 'f';
        case '\n':
            return 'n';
        case '\r':
            return 'r';
        case '\t':
            return 't';
        default:
            return '\0';
    }
}

bool needs_escape(char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
}

void append_escaped(std::string& text, char byte) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    if (const char escape = short_escape(byte); escape != '\0') {
        text += '\\';
        text += escape;
        return;
    }
    const auto value = static_cast<unsigned char>(byte);
    text += "\\u00";
    text += kDigits[value >> 4U];
    text += kDigits[value & 0xFU];
}

void append_quoted(std::string& text, std::string_view value) {
    if (!is_utf8(value)) {
        throw std::invalid_argument("a text of an answer is no UTF-8");
    }
    text += '"';
    std::size_t plain = 0;
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (needs_escape(value[at])) {
            text += value.substr(plain, at - plain);
            append_escaped(text, value[at]);
            plain = at + 1;
        }
    }
    text += value.substr(plain);
    text += '"';
}

}  // namespace

void ObjectText::begin(std::string_view name) {
    if (text_.size() == 1) {
        text_.reserve(kUsualSize);
    } else {
        text_ += ',';
    }
    text_ += '"';
    text_ += name;
    text_ += "\":";
}

void ObjectText::text(std::string_view name, std::string_view value) {
    begin(name);
    append_quoted(text_, value);
}

void ObjectText::number(std::string_view name, std::int64_t value) {
    begin(name);
    std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    text_.append(digits.data(), written.ptr);
}

void ObjectText::null(std::string_view name) {
    begin(name);
    text_ += "null";
}

std::string ObjectText::finished() && {
    text_ += '}';
    return std::move(text_);
}

}  // namespace creneau::http
