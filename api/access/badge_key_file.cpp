#include "api/access/badge_key_file.hpp"

#include "api/access/badge_key.hpp"
#include "api/store/durable_file.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>

#include <sodium.h>
#include <sys/stat.h>

namespace creneau::access {
namespace {

constexpr mode_t kMode = S_IRUSR | S_IWUSR | S_IRGRP;

void refuse_what_others_touch(const std::filesystem::path& file) {
    struct stat status{};
    if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        throw std::runtime_error(file.string() + " is no file: the key of the badges is wanted");
    }
    if ((status.st_mode & (S_IWGRP | S_IXGRP | S_IRWXO)) != 0) {
        throw std::runtime_error(file.string() +
                                 " may be touched by others than the server and its signer: give "
                                 "it mode 0640");
    }
}

}  // namespace

std::shared_ptr<const BadgeKey> read_badge_key(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) {
        return nullptr;
    }
    refuse_what_others_touch(file);
    auto content = store::read_file(file, BadgeKey::kSize);
    if (content.size() != BadgeKey::kSize) {
        throw std::runtime_error(file.string() + " is not the 32 bytes of a key of the badges");
    }
    auto key = std::make_shared<const BadgeKey>(
        std::span<const std::uint8_t, BadgeKey::kSize>(content.data(), BadgeKey::kSize));
    sodium_memzero(content.data(), content.size());
    return key;
}

void lay_out_badge_key(const std::filesystem::path& file,
                       std::span<const std::uint8_t, BadgeKey::kSize> secret) {
    if (std::filesystem::exists(file)) {
        refuse_what_others_touch(file);
        if (std::ranges::equal(store::read_file(file, BadgeKey::kSize), secret)) {
            return;
        }
    }
    store::write_durably(file, secret, kMode);
}

}  // namespace creneau::access
