#include "api/people/blank_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace creneau::people {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

/// What Unicode calls white space or ignorable when shown, as far as it is a character of its own.
constexpr std::array kBlank{
    Range{0x0009, 0x000D},   Range{0x0020, 0x0020}, Range{0x0085, 0x0085}, Range{0x00A0, 0x00A0},
    Range{0x00AD, 0x00AD},   Range{0x034F, 0x034F}, Range{0x061C, 0x061C}, Range{0x115F, 0x1160},
    Range{0x1680, 0x1680},   Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F}, Range{0x2000, 0x200F},
    Range{0x2028, 0x202F},   Range{0x205F, 0x206F}, Range{0x2800, 0x2800}, Range{0x3000, 0x3000},
    Range{0x3164, 0x3164},   Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}, Range{0xFFA0, 0xFFA0},
    Range{0xE0000, 0xE0FFF},
};

/// Takes the first character away; bytes that are no UTF-8 each stand for themselves.
char32_t take(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t at = 1; at < std::min(length, text.size()); ++at) {
        character = (character << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
    }
    text.remove_prefix(std::min(length, text.size()));
    return character;
}

}  // namespace

bool shows_nothing(std::string_view text) {
    while (!text.empty()) {
        const char32_t character = take(text);
        if (std::ranges::none_of(kBlank, [character](const Range& range) {
                return range.first <= character && character <= range.last;
            })) {
            return false;
        }
    }
    return true;
}

}  // namespace creneau::people
