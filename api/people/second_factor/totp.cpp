#include "api/people/second_factor/totp.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <liboath/oath.h>
#include <sodium.h>

namespace creneau::people {

namespace {

constexpr unsigned kDigits = 6;

void ready() {
    static const bool kReady = oath_init() == OATH_OK && sodium_init() >= 0;
    if (!kReady) {
        throw std::runtime_error("liboath cannot start");
    }
}

const char* characters_of(const TotpSecret& secret) {
    return reinterpret_cast<const char*>(secret.data());
}

}  // namespace

TotpSecret new_totp_secret() {
    ready();
    TotpSecret secret{};
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string base32_of(const TotpSecret& secret) {
    ready();
    char* letters = nullptr;
    std::size_t size = 0;
    if (oath_base32_encode(characters_of(secret), secret.size(), &letters, &size) != OATH_OK) {
        throw std::runtime_error("liboath cannot write base 32");
    }
    const std::unique_ptr<char, decltype(&std::free)> owner(letters, &std::free);
    return {letters, size};
}

std::string totp_code(const TotpSecret& secret, std::int64_t step) {
    ready();
    std::array<char, kDigits + 1> digits{};
    const auto at = static_cast<std::time_t>(step * kTotpStep.count());
    if (oath_totp_generate(characters_of(secret), secret.size(), at,
                           static_cast<unsigned>(kTotpStep.count()), 0, kDigits,
                           digits.data()) != OATH_OK) {
        throw std::runtime_error("liboath cannot make a code");
    }
    return digits.data();
}

std::optional<std::int64_t> step_of_code(const TotpSecret& secret, std::string_view digits,
                                         std::chrono::sys_seconds now, std::int64_t after) {
    const auto present = now.time_since_epoch() / kTotpStep;
    const bool can_be = digits.size() == kDigits;
    const std::string typed(can_be ? digits : std::string_view("------"));
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {present - 1, present, present + 1}) {
        const auto code = totp_code(secret, step);
        if (sodium_memcmp(code.data(), typed.data(), kDigits) == 0 && step > after) {
            found = step;
        }
    }
    return found;
}

}  // namespace creneau::people
