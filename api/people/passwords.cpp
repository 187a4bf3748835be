#include "api/people/passwords.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sodium.h>

namespace creneau::people {

namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{19} * 1024 * 1024;

std::atomic<std::uint64_t> runs{0};

void ready_sodium() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot start");
    }
}

}  // namespace

std::string hash_password(std::string_view password) {
    ready_sodium();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    ++runs;
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw std::bad_alloc();
    }
    return hash.data();
}

bool password_matches(std::string_view password, const std::string& hash) {
    ready_sodium();
    // A hash that no password is known for stands in for the missing one.
    static const std::string kNobody = hash_password("\x01 nobody's password \x02");
    const auto& compared = hash.empty() ? kNobody : hash;
    ++runs;
    const bool matches =
        crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
    return matches && !hash.empty();
}

std::uint64_t argon2_runs() {
    return runs;
}

}  // namespace creneau::people
