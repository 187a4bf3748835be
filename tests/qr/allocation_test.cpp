// A program of its own: its operator new counts for every test in it.
#include "qr/digits.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* place = std::malloc(size)) {
        return place;
    }
    throw std::bad_alloc();
}

void operator delete(void* place) noexcept {
    std::free(place);
}

void operator delete(void* place, std::size_t /*size*/) noexcept {
    std::free(place);
}

namespace creneau::qr {
namespace {

template <class Action>
std::size_t allocations_of(Action action) {
    const std::size_t before = allocations;
    action();
    return allocations - before;
}

PassBytes some_pass() {
    PassBytes bytes{};
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        bytes[at] = static_cast<std::uint8_t>(0xD1 + at * 7);
    }
    return bytes;
}

TEST(Allocations, AreCountedHere) {
    std::string copy;
    EXPECT_EQ(allocations_of([&] { copy = std::string(kDigitCount, '7'); }), 1U);
    EXPECT_EQ(copy.size(), kDigitCount);
}

TEST(Digits, AreMadeWithoutAllocation) {
    const PassBytes pass = some_pass();
    Digits digits{};
    EXPECT_EQ(allocations_of([&] { digits = to_digits(pass); }), 0U);
    EXPECT_EQ(from_digits(view(digits)).value(), pass);
}

struct Read {
    std::string text;
    bool is_a_pass = false;
};

TEST(Digits, AreReadOrRefusedWithoutAllocation) {
    const std::string good(view(to_digits(some_pass())));
    const std::array<Read, 7> reads{{{good, true},
                                     {"", false},
                                     {good.substr(1), false},
                                     {good + "0", false},
                                     {std::string(kDigitCount, '9'), false},
                                     {std::string(kDigitCount, 'A'), false},
                                     {std::string(100'000, '6'), false}}};
    for (const auto& [text, is_a_pass] : reads) {
        bool read = false;
        EXPECT_EQ(allocations_of([&] { read = from_digits(text).has_value(); }), 0U) << text;
        EXPECT_EQ(read, is_a_pass) << text;
    }
}

TEST(ReaderMarks, AreTakenOffWithoutAllocation) {
    const std::string good(view(to_digits(some_pass())));
    const std::array<Read, 6> reads{{{good, true},
                                     {"]Q1" + good + "\r\n\t", true},
                                     {"]Q1]Q1" + good, false},
                                     {"]Q1" + std::string(kDigitCount, '9') + "\r\n", false},
                                     {"http://example.org/\r\n", false},
                                     {std::string(100'000, '\n'), false}}};
    for (const auto& [text, is_a_pass] : reads) {
        bool read = false;
        EXPECT_EQ(allocations_of([&] { read = from_reader(text).has_value(); }), 0U) << text;
        EXPECT_EQ(read, is_a_pass) << text;
    }
}

}  // namespace
}  // namespace creneau::qr
