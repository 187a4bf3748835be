#include "api/people/account_key.hpp"

#include "api/store/durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <sodium.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace creneau::people {

namespace {

static_assert(AccountKey::kSize == crypto_kdf_KEYBYTES);

static_assert(AccountKey::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

constexpr std::uint64_t kForCodes = 1;
constexpr std::uint64_t kForSecrets = 2;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "accounts";

void ready_sodium() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot start");
    }
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hexadecimal(const std::vector<std::uint8_t>& bytes) {
    std::string hex(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

/// Two servers that start at once end with the same key: the second one reads what the first made.
void make_if_missing(const std::filesystem::path& file) {
    if (std::filesystem::exists(file)) {
        return;
    }
    AccountKey::Bytes bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    try {
        store::create_durably(file, bytes);
    } catch (const std::system_error& problem) {
        if (problem.code().value() != EEXIST) {
            throw;
        }
    }
    sodium_memzero(bytes.data(), bytes.size());
}

/// Root may look after it for the program's user.
bool belongs_to_this_user(uid_t owner) {
    return owner == ::geteuid() || ::geteuid() == 0;
}

void refuse_what_others_touch(const std::filesystem::path& file) {
    struct stat status{};
    if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        throw std::runtime_error(file.string() + " is no file: the key of the accounts is wanted");
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0 || !belongs_to_this_user(status.st_uid)) {
        throw std::runtime_error(file.string() +
                                 " may be touched by others than the user of this program: give it "
                                 "to that user, mode 0600");
    }
}

AccountKey::Bytes read_bytes(const std::filesystem::path& file) {
    const auto content = store::read_file(file, AccountKey::kSize);
    if (content.size() != AccountKey::kSize) {
        throw std::runtime_error(file.string() + " is not the 32 bytes of a key of the accounts");
    }
    AccountKey::Bytes bytes{};
    std::ranges::copy(content, bytes.begin());
    return bytes;
}

}  // namespace

AccountKey::AccountKey(const Bytes& bytes) {
    ready_sodium();
    crypto_kdf_derive_from_key(codes_.data(), codes_.size(), kForCodes, kContext, bytes.data());
    crypto_kdf_derive_from_key(secrets_.data(), secrets_.size(), kForSecrets, kContext,
                               bytes.data());
}

AccountKey::~AccountKey() {
    sodium_memzero(codes_.data(), codes_.size());
    sodium_memzero(secrets_.data(), secrets_.size());
}

AccountKey::Bytes AccountKey::code_bytes(std::string_view message) const {
    Bytes bytes{};
    crypto_generichash(bytes.data(), bytes.size(),
                       reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                       codes_.data(), codes_.size());
    return bytes;
}

std::string AccountKey::seal(std::span<const std::uint8_t> secret, std::string_view about) const {
    std::vector<std::uint8_t> sealed(kNonce + secret.size() + kTag);
    randombytes_buf(sealed.data(), kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonce, nullptr, secret.data(),
                                               secret.size(), bytes_of(about), about.size(),
                                               nullptr, sealed.data(), secrets_.data());
    return hexadecimal(sealed);
}

std::optional<std::vector<std::uint8_t>> AccountKey::unseal(std::string_view sealed,
                                                            std::string_view about) const {
    std::vector<std::uint8_t> bytes(sealed.size() / 2);
    std::size_t size = 0;
    if (sodium_hex2bin(bytes.data(), bytes.size(), sealed.data(), sealed.size(), nullptr, &size,
                       nullptr) != 0 ||
        size < kNonce + kTag) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> secret(size - kNonce - kTag);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            secret.data(), nullptr, nullptr, bytes.data() + kNonce, size - kNonce, bytes_of(about),
            about.size(), bytes.data(), secrets_.data()) != 0) {
        return std::nullopt;
    }
    return secret;
}

std::optional<std::string> account_key_problem(const std::filesystem::path& file) {
    try {
        if (std::filesystem::exists(file)) {
            refuse_what_others_touch(file);
            (void)AccountKey(read_bytes(file));
        }
    } catch (const std::exception& problem) {
        return problem.what();
    }
    return std::nullopt;
}

AccountKey read_or_make_account_key(const std::filesystem::path& file) {
    ready_sodium();
    make_if_missing(file);
    refuse_what_others_touch(file);
    return AccountKey(read_bytes(file));
}

}  // namespace creneau::people
