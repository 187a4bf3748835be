#include "api/people/second_factor/recovery_codes.hpp"

#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <sodium.h>

namespace creneau::people {

std::vector<std::string> new_recovery_codes() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot start");
    }
    std::vector<std::string> codes;
    for (std::size_t made = 0; made < kRecoveryCodes; ++made) {
        RecoveryBytes bytes{};
        randombytes_buf(bytes.data(), bytes.size());
        codes.push_back(recovery_letters(bytes));
    }
    return codes;
}

std::string hash_of_recovery_code(const std::string& letters) {
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(letters.data()), letters.size(),
                       nullptr, 0);
    std::array<char, 2 * hash.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

std::vector<std::string> hashes_of(const std::vector<std::string>& codes) {
    std::vector<std::string> hashes;
    std::ranges::transform(codes, std::back_inserter(hashes), hash_of_recovery_code);
    return hashes;
}

bool take_recovery_code(store::Session& session, const FactorOwner& owner, const std::string& typed,
                        std::chrono::sys_seconds now) {
    const auto hash = hash_of_recovery_code(typed_recovery_code(typed).value_or(""));
    std::optional<std::int64_t> found;
    for (const auto& row : find_recovery_codes(session, owner)) {
        if (row.hash.size() == hash.size() &&
            sodium_memcmp(row.hash.data(), hash.data(), hash.size()) == 0) {
            found = row.id;
        }
    }
    return found && use_recovery_code(session, owner.town, *found, now);
}

}  // namespace creneau::people
