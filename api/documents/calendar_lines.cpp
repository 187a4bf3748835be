#include "api/documents/calendar_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Folded {
    std::size_t number = 0;
    std::string text;
};

char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string capitals(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(), capital);
    return result;
}

bool is_name_character(char c) {
    return (c >= '0' && c <= '9') || (capital(c) >= 'A' && capital(c) <= 'Z') || c == '-';
}

bool is_control(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7f';
}

/// A sequence of UTF-8: its first byte without the mark of its length, and the least it may spell.
struct Sequence {
    std::size_t length = 0;
    unsigned lead = 0;
    unsigned least = 0;
};

Sequence sequence_at(unsigned byte) {
    if (byte < 0x80U) {
        return {1, byte, 0};
    }
    if ((byte & 0xE0U) == 0xC0U) {
        return {2, byte & 0x1FU, 0x80};
    }
    if ((byte & 0xF0U) == 0xE0U) {
        return {3, byte & 0x0FU, 0x800};
    }
    return (byte & 0xF8U) == 0xF0U ? Sequence{4, byte & 0x07U, 0x10000} : Sequence{};
}

/// How many bytes the code point at the beginning of a text takes; 0 where it is no UTF-8.
std::size_t code_point_length(std::string_view text) {
    const auto [length, lead, least] = sequence_at(static_cast<unsigned char>(text.front()));
    if (length == 0 || text.size() < length) {
        return 0;
    }
    unsigned point = lead;
    for (const char c : text.substr(1, length - 1)) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U) {
            return 0;
        }
        point = (point << 6U) | (byte & 0x3FU);
    }
    const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point < least || point > 0x10FFFF || is_surrogate ? 0 : length;
}

bool is_plain_utf8(std::string_view text) {
    if (std::ranges::any_of(text, is_control)) {
        return false;
    }
    while (!text.empty()) {
        const std::size_t length = code_point_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

/// The line as it stands in the file, taken from the front of the text, without its end.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

tl::expected<std::vector<Folded>, std::size_t> unfold(std::string_view text) {
    std::vector<Folded> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = take_line(text);
        if (!line.starts_with(' ') && !line.starts_with('\t')) {
            lines.push_back({number, std::string(line)});
        } else if (lines.empty()) {
            return tl::unexpected(number);
        } else {
            lines.back().text += line.substr(1);
        }
    }
    std::erase_if(lines, [](const Folded& line) { return line.text.empty(); });
    return lines;
}

/// Reads one property from the front to the back.
class LineReader {
  public:
    explicit LineReader(std::string_view text) : rest_(text) {}

    std::optional<CalendarLine> read() {
        CalendarLine line;
        line.name = capitals(take_name());
        while (!line.name.empty() && take(';')) {
            const std::string name = capitals(take_name());
            if (name.empty() || !take('=')) {
                return std::nullopt;
            }
            const auto value = take_parameter();
            if (!value) {
                return std::nullopt;
            }
            if (name == "VALUE") {
                line.value_type = capitals(*value);
            }
        }
        if (line.name.empty() || !take(':')) {
            return std::nullopt;
        }
        line.value = rest_;
        return line;
    }

  private:
    bool take(char expected) {
        if (!rest_.starts_with(expected)) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }
    std::string_view take_until(std::size_t end) {
        const std::string_view taken = rest_.substr(0, end);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    std::string_view take_name() {
        const auto* const end = std::ranges::find_if_not(rest_, is_name_character);
        return take_until(static_cast<std::size_t>(end - rest_.begin()));
    }
    /// One value, or several with commas between them, of which the last counts.
    std::optional<std::string_view> take_parameter() {
        std::string_view value;
        do {
            if (!take('"')) {
                value = take_until(rest_.find_first_of("\",;:"));
                continue;
            }
            value = take_until(rest_.find('"'));
            if (!take('"')) {
                return std::nullopt;
            }
        } while (take(','));
        return value;
    }

    std::string_view rest_;
};

}  // namespace

tl::expected<std::vector<CalendarLine>, std::size_t> calendar_lines(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    const auto unfolded = unfold(text);
    if (!unfolded) {
        return tl::unexpected(unfolded.error());
    }
    std::vector<CalendarLine> lines;
    for (const Folded& folded : *unfolded) {
        auto line = is_plain_utf8(folded.text) ? LineReader(folded.text).read() : std::nullopt;
        if (!line) {
            return tl::unexpected(folded.number);
        }
        line->number = folded.number;
        lines.push_back(std::move(*line));
    }
    return lines;
}

std::string unescaped_text(std::string_view value) {
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool is_escape = value[i] == '\\' && i + 1 < value.size();
        i += is_escape ? 1 : 0;
        const bool is_line_feed = is_escape && (value[i] == 'n' || value[i] == 'N');
        text += is_line_feed ? ' ' : value[i];
    }
    return text;
}

}  // namespace creneau::documents
