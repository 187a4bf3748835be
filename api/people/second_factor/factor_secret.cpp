#include "api/people/second_factor/factor_secret.hpp"

#include "api/people/account_key.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/people/second_factor/totp.hpp"
#include "api/store/column.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace creneau::people {

namespace {

std::string words_of(const FactorOwner& owner) {
    std::string words = "totp|";
    words.append(std::to_string(store::raw(owner.town))).append("|");
    words.append(std::to_string(store::raw(owner.person)));
    return words;
}

}  // namespace

std::string seal_secret(const AccountKey& key, const FactorOwner& owner, const TotpSecret& secret) {
    return key.seal(secret, words_of(owner));
}

std::optional<TotpSecret> unseal_secret(const AccountKey& key, const FactorOwner& owner,
                                        const std::string& sealed) {
    const auto bytes = key.unseal(sealed, words_of(owner));
    if (!bytes || bytes->size() != kTotpSecretSize) {
        return std::nullopt;
    }
    TotpSecret secret{};
    std::ranges::copy(*bytes, secret.begin());
    return secret;
}

}  // namespace creneau::people
