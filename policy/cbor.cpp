#include "policy/cbor.hpp"

#include "policy/error.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace creneau::policy::cbor {
namespace {

enum Major : std::uint8_t {
    unsigned_number = 0,
    byte_string = 2,
    text_string = 3,
    list = 4,
    dictionary = 5
};

constexpr std::uint8_t kFalse = 0xF4;
constexpr std::uint8_t kTrue = 0xF5;
constexpr unsigned kMajorShift = 5;
constexpr std::uint8_t kInfoMask = 0x1F;
constexpr std::uint8_t kOneByteFollows = 24;
constexpr std::uint8_t kEightBytesFollow = 27;

// Length that the first byte of a sequence of several bytes announces.
std::size_t announced_length(std::uint8_t first) {
    if (first < 0xE0) {
        return 2;
    }
    return first < 0xF0 ? 3 : 4;
}

bool is_continuation(char byte) {
    return (static_cast<std::uint8_t>(byte) & 0xC0U) == 0x80;
}

// Length of the UTF-8 sequence that `text` starts with, 0 when it is not clean: a control
// character, an overlong form, a surrogate or a number above U+10FFFF.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80) {
        return first >= 0x20 && first != 0x7F ? 1 : 0;
    }
    const std::size_t length = announced_length(first);
    if (first < 0xC2 || first > 0xF4 || text.size() < length) {
        return 0;
    }
    if (!std::ranges::all_of(text.substr(1, length - 1), is_continuation)) {
        return 0;
    }
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool surrogate = first == 0xED && byte(1) >= 0xA0;
    const bool too_high = first == 0xF4 && byte(1) >= 0x90;
    return overlong || surrogate || too_high ? 0 : length;
}

bool is_clean(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace

void Writer::head(std::uint8_t major, std::uint64_t value) {
    const auto start = static_cast<std::uint8_t>(major << kMajorShift);
    if (value < kOneByteFollows) {
        out_.push_back(static_cast<std::uint8_t>(start | value));
        return;
    }
    const unsigned power = value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : value <= 0xFFFF'FFFF ? 2 : 3;
    out_.push_back(static_cast<std::uint8_t>(start | (kOneByteFollows + power)));
    for (unsigned i = 1U << power; i-- > 0;) {
        out_.push_back(static_cast<std::uint8_t>(value >> (8U * i)));
    }
}

void Writer::number(std::uint64_t value) {
    head(unsigned_number, value);
}

void Writer::boolean(bool value) {
    out_.push_back(value ? kTrue : kFalse);
}

void Writer::bytes(std::span<const std::uint8_t> value) {
    head(byte_string, value.size());
    out_.insert(out_.end(), value.begin(), value.end());
}

void Writer::text(std::string_view value) {
    head(text_string, value.size());
    out_.insert(out_.end(), value.begin(), value.end());
}

void Writer::array(std::size_t count) {
    head(list, count);
}

void Writer::map(std::size_t count) {
    head(dictionary, count);
}

std::optional<std::uint64_t> Reader::head(std::uint8_t major) {
    if (!ok() || rest_.empty() || rest_[0] >> kMajorShift != major) {
        fail(PolicyFault::malformed);
        return std::nullopt;
    }
    const auto info = static_cast<std::uint8_t>(rest_[0] & kInfoMask);
    rest_ = rest_.subspan(1);
    if (info < kOneByteFollows) {
        return info;
    }
    if (info > kEightBytesFollow) {
        fail(PolicyFault::malformed);
        return std::nullopt;
    }
    const unsigned power = info - kOneByteFollows;
    std::uint64_t value = 0;
    for (const std::uint8_t byte : take(std::size_t{1} << power)) {
        value = (value << 8U) | byte;
    }
    const std::uint64_t shorter_form_ends =
        power == 0 ? kOneByteFollows : std::uint64_t{1} << (8U << (power - 1));
    if (ok() && value < shorter_form_ends) {
        fail(PolicyFault::malformed);
    }
    return ok() ? std::optional{value} : std::nullopt;
}

std::span<const std::uint8_t> Reader::take(std::size_t size) {
    if (!ok() || size > rest_.size()) {
        fail(PolicyFault::malformed);
        return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
}

std::uint64_t Reader::number(std::uint64_t smallest, std::uint64_t largest) {
    const auto value = head(unsigned_number);
    if (value && (*value < smallest || *value > largest)) {
        fail(PolicyFault::out_of_range);
    }
    return value && ok() ? *value : 0;
}

bool Reader::boolean() {
    const auto byte = take(1);
    if (ok() && byte[0] != kTrue && byte[0] != kFalse) {
        fail(PolicyFault::malformed);
    }
    return ok() && byte[0] == kTrue;
}

std::span<const std::uint8_t> Reader::bytes(std::size_t largest) {
    const auto size = head(byte_string);
    if (size && *size > largest) {
        fail(PolicyFault::too_large);
    }
    return size && ok() ? take(static_cast<std::size_t>(*size)) : std::span<const std::uint8_t>{};
}

std::span<const std::uint8_t> Reader::exactly(std::size_t size) {
    const auto value = bytes(size);
    if (ok() && value.size() != size) {
        fail(PolicyFault::malformed);
    }
    return ok() ? value : std::span<const std::uint8_t>{};
}

std::string_view Reader::text(std::size_t largest) {
    const auto size = head(text_string);
    if (size && *size > largest) {
        fail(PolicyFault::too_large);
    }
    if (!size || !ok()) {
        return {};
    }
    const auto taken = take(static_cast<std::size_t>(*size));
    const std::string_view value{reinterpret_cast<const char*>(taken.data()), taken.size()};
    if (ok() && !is_clean(value)) {
        fail(PolicyFault::malformed);
    }
    return ok() ? value : std::string_view{};
}

std::size_t Reader::array(std::size_t largest) {
    const auto count = head(list);
    if (count && *count > largest) {
        fail(PolicyFault::too_large);
    }
    return count && ok() ? static_cast<std::size_t>(*count) : 0;
}

void Reader::array_of(std::size_t count) {
    if (head(list) != count) {
        fail(PolicyFault::malformed);
    }
}

void Reader::map_of(std::size_t count) {
    if (head(dictionary) != count) {
        fail(PolicyFault::malformed);
    }
}

void Reader::key(std::string_view name) {
    this->name(name);
    if (text(name.size()) != name) {
        fail(PolicyFault::malformed);
    }
}

void Reader::enter() {
    assert(depth_ + 1 < steps_.size());
    steps_[++depth_] = {};
}

void Reader::name(std::string_view name) {
    steps_[depth_] = {.key = name};
}

void Reader::at(std::size_t index) {
    steps_[depth_] = {.key = {}, .index = index};
}

void Reader::end() {
    name("end");
    if (!rest_.empty()) {
        fail(PolicyFault::malformed);
    }
}

void Reader::fail(PolicyFault fault) {
    if (!error_) {
        error_ = PolicyError{fault, where()};
    }
}

std::string Reader::where() const {
    std::string place{place_};
    for (std::size_t i = 0; i <= depth_; ++i) {
        const Step& step = steps_[i];
        if (!step.key.empty()) {
            place.append("/").append(step.key);
        } else if (step.index != kNowhere) {
            place.append("/").append(std::to_string(step.index));
        }
    }
    return place;
}

}  // namespace creneau::policy::cbor
