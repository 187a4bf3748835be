#include "qr/digits.hpp"

#include "qr/pass.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace creneau::qr {
namespace {

// 664 bits are 21 limbs of 32 bits, the least significant first; the top one holds 24 bits.
// 10^200 < 2^672, so any 200 digits fit in the limbs and only the top one tells whether they fit
// in 83 bytes. Dividing by a constant below 2^32 compiles to a multiplication.
constexpr std::size_t kLimbs = 21;
constexpr std::size_t kBytesInLimb = 4;
constexpr unsigned kTopLimbBits = 24;
constexpr std::uint32_t kChunk = 1'000'000'000;
constexpr std::size_t kDigitsInChunk = 9;
constexpr std::size_t kDigitsInTopChunk = kDigitCount % kDigitsInChunk;

using Limbs = std::array<std::uint32_t, kLimbs>;

static_assert(kLimbs * kBytesInLimb == kPassSize + 1);
static_assert(kDigitsInTopChunk != 0);

Limbs limbs_of(const PassBytes& pass) {
    Limbs limbs{};
    for (std::size_t i = 0; i < kPassSize; ++i) {
        const std::uint32_t byte = pass[kPassSize - 1 - i];
        limbs[i / kBytesInLimb] |= byte << (8U * (i % kBytesInLimb));
    }
    return limbs;
}

PassBytes bytes_of(const Limbs& limbs) {
    PassBytes pass{};
    for (std::size_t i = 0; i < kPassSize; ++i) {
        const std::uint32_t limb = limbs[i / kBytesInLimb];
        pass[kPassSize - 1 - i] = static_cast<std::uint8_t>(limb >> (8U * (i % kBytesInLimb)));
    }
    return pass;
}

// Divides the first `used` limbs by 10^9 and returns the remainder.
std::uint32_t divide(Limbs& limbs, std::size_t used) {
    std::uint64_t remainder = 0;
    for (std::size_t i = used; i-- > 0;) {
        const std::uint64_t value = (remainder << 32U) | limbs[i];
        limbs[i] = static_cast<std::uint32_t>(value / kChunk);
        remainder = value % kChunk;
    }
    return static_cast<std::uint32_t>(remainder);
}

// limbs = limbs * factor + addend over the first `used` limbs; the carry goes into the next one.
void multiply_add(Limbs& limbs, std::size_t& used, std::uint32_t factor, std::uint32_t addend) {
    std::uint64_t carry = addend;
    for (std::size_t i = 0; i < used; ++i) {
        const std::uint64_t value = std::uint64_t{limbs[i]} * factor + carry;
        limbs[i] = static_cast<std::uint32_t>(value);
        carry = value >> 32U;
    }
    if (carry != 0) {
        limbs[used++] = static_cast<std::uint32_t>(carry);
    }
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::uint32_t number(std::string_view digits) {
    std::uint32_t value = 0;
    for (const char c : digits) {
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return value;
}

}  // namespace

std::string_view word_for(DigitsError error) {
    switch (error) {
        case DigitsError::wrong_shape:
            return "wrong_shape";
        case DigitsError::out_of_range:
            return "out_of_range";
    }
    return "unknown";
}

Digits to_digits(const PassBytes& pass) {
    Limbs limbs = limbs_of(pass);
    Digits digits{};
    std::size_t used = kLimbs;
    for (std::size_t end = kDigitCount; end > 0;) {
        std::uint32_t chunk = divide(limbs, used);
        while (used > 0 && limbs[used - 1] == 0) {
            --used;
        }
        const std::size_t count = std::min(end, kDigitsInChunk);
        for (std::size_t i = 0; i < count; ++i) {
            digits[--end] = static_cast<char>('0' + chunk % 10);
            chunk /= 10;
        }
    }
    return digits;
}

tl::expected<PassBytes, DigitsError> from_digits(std::string_view text) {
    if (text.size() != kDigitCount || !std::all_of(text.begin(), text.end(), is_digit)) {
        return tl::make_unexpected(DigitsError::wrong_shape);
    }
    Limbs limbs{};
    std::size_t used = 0;
    multiply_add(limbs, used, kChunk, number(text.substr(0, kDigitsInTopChunk)));
    for (std::size_t at = kDigitsInTopChunk; at < kDigitCount; at += kDigitsInChunk) {
        multiply_add(limbs, used, kChunk, number(text.substr(at, kDigitsInChunk)));
    }
    if (limbs.back() >> kTopLimbBits != 0) {
        return tl::make_unexpected(DigitsError::out_of_range);
    }
    return bytes_of(limbs);
}

std::string_view strip_reader_marks(std::string_view text) {
    constexpr std::string_view kSymbology = "]Q1";
    if (text.starts_with(kSymbology)) {
        text.remove_prefix(kSymbology.size());
    }
    while (!text.empty() && (text.back() == '\r' || text.back() == '\n' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

tl::expected<PassBytes, DigitsError> from_reader(std::string_view text) {
    return from_digits(strip_reader_marks(text));
}

}  // namespace creneau::qr
