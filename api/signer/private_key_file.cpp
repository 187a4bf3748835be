#include "api/signer/private_key_file.hpp"

#include "api/signer/key_problem.hpp"
#include "api/signer/secret_key.hpp"
#include "api/store/durable_file.hpp"
#include "policy/certificate.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <tl/expected.hpp>
#include <unistd.h>

namespace creneau::signer {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::uint8_t, 8> kMagic = {'C', 'R', 'K', 'E', 'Y', 0, 0, 1};
constexpr std::size_t kUseAt = kMagic.size();
constexpr std::size_t kIdAt = kUseAt + 1;
constexpr std::size_t kTownAt = kIdAt + 1;
constexpr std::size_t kSeedAt = kTownAt + 4;
constexpr std::size_t kPublicAt = kSeedAt + kSeedSize;
constexpr std::size_t kFileSize = kPublicAt + qr::kPublicKeySize;

std::uint8_t use_byte(const std::optional<policy::KeyUse>& use) {
    return use ? static_cast<std::uint8_t>(*use) : std::uint8_t{0};
}

/// Fills `into` from the descriptor; the file must end there.
bool read_exactly(int fd, std::span<std::uint8_t> into) {
    while (!into.empty()) {
        const auto done = ::read(fd, into.data(), into.size());
        if (done == 0 || (done < 0 && errno != EINTR)) {
            return false;
        }
        into = into.subspan(done > 0 ? static_cast<std::size_t>(done) : 0);
    }
    return true;
}

std::optional<KeyFault> fault_of_status(int fd) {
    struct stat status{};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        return KeyFault::unreadable;
    }
    if ((status.st_mode & 077U) != 0) {
        return KeyFault::readable_by_others;
    }
    if (::geteuid() != 0 && status.st_uid != ::geteuid()) {
        return KeyFault::not_owned;
    }
    if (status.st_size != static_cast<off_t>(kFileSize)) {
        return KeyFault::truncated;
    }
    return std::nullopt;
}

tl::expected<PrivateKey, KeyFault> decode(std::span<const std::uint8_t> bytes) {
    const auto magic = bytes.first(kMagic.size());
    const auto use = bytes[kUseAt];
    const auto id = bytes[kIdAt];
    std::uint32_t town = 0;
    for (const auto byte : bytes.subspan(kTownAt, 4)) {
        town = (town << 8U) | byte;
    }
    const bool root = use == 0;
    if (!std::ranges::equal(magic, kMagic) || use > use_byte(policy::KeyUse::command) ||
        root != (id == 0) || (root && town != 0)) {
        return tl::unexpected(KeyFault::damaged);
    }
    auto key = SecretKey::from_seed(bytes.subspan(kSeedAt, kSeedSize));
    if (!std::ranges::equal(key.public_key(), bytes.subspan(kPublicAt))) {
        return tl::unexpected(KeyFault::damaged);
    }
    if (!qr::PublicKey::load(key.public_key())) {
        return tl::unexpected(KeyFault::weak_key);
    }
    std::optional<policy::KeyUse> known_use;
    if (!root) {
        known_use = policy::KeyUse{use};
    }
    return PrivateKey{known_use, id, qr::TownId{town}, std::move(key)};
}

}  // namespace

void create_private_key_file(const fs::path& path, const PrivateKey& key) {
    SecretBytes file(kFileSize);
    const auto bytes = file.bytes();
    std::ranges::copy(kMagic, bytes.begin());
    bytes[kUseAt] = use_byte(key.use);
    bytes[kIdAt] = key.key_id;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto shift = static_cast<unsigned>(3 - i) * 8;
        bytes[kTownAt + i] =
            static_cast<std::uint8_t>(static_cast<std::uint32_t>(key.town) >> shift);
    }
    std::ranges::copy(key.key.seed(), bytes.subspan(kSeedAt).begin());
    std::ranges::copy(key.key.public_key(), bytes.subspan(kPublicAt).begin());
    store::create_durably(path, bytes);
}

tl::expected<PrivateKey, KeyProblem> read_private_key_file(const fs::path& path) {
    const auto refuse = [&](KeyFault fault) {
        return tl::unexpected(KeyProblem{fault, path.string(), {}});
    };
    const int fd = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        return refuse(KeyFault::unreadable);
    }
    SecretBytes bytes(kFileSize);
    const auto fault = fault_of_status(fd);
    const bool complete = !fault && read_exactly(fd, bytes.bytes());
    ::close(fd);
    if (!complete) {
        return refuse(fault.value_or(KeyFault::truncated));
    }
    auto key = decode(bytes.bytes());
    if (!key) {
        return refuse(key.error());
    }
    return std::move(*key);
}

}  // namespace creneau::signer
