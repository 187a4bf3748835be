#include "api/signer/key_directory.hpp"

#include "api/signer/key_problem.hpp"
#include "api/signer/private_key_file.hpp"
#include "api/store/durable_file.hpp"
#include "policy/certificate.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <sys/stat.h>
#include <tl/expected.hpp>

namespace creneau::signer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestCertificate = 4096;
constexpr std::size_t kLargestText = 4096;
constexpr std::string_view kPrefix = "key-";
constexpr std::size_t kIdDigits = 3;
constexpr std::string_view kWithdrawnWord = "withdrawn\n";
constexpr std::string_view kRetiredWord = "retired\n";

/// The entries of a directory; none while it does not exist.
std::vector<fs::path> entries_of(const fs::path& directory) {
    std::vector<fs::path> entries;
    if (fs::exists(directory)) {
        for (const auto& entry : fs::directory_iterator(directory)) {
            entries.push_back(entry.path());
        }
    }
    return entries;
}

/// The key id in "key-007.private"; absent for any other file.
std::optional<std::uint8_t> id_in(const std::string& name) {
    const auto ending = fs::path(name).extension().string();
    const bool known =
        ending == kPrivateEnding || ending == kCertificateEnding || ending == kRetiredEnding;
    if (!known || !name.starts_with(kPrefix) ||
        name.size() != kPrefix.size() + kIdDigits + ending.size()) {
        return std::nullopt;
    }
    unsigned id = 0;
    const auto* const first = name.data() + kPrefix.size();
    const auto [end, error] = std::from_chars(first, first + kIdDigits, id);
    if (error != std::errc{} || end != first + kIdDigits || id == 0 || id > 255) {
        return std::nullopt;
    }
    return static_cast<std::uint8_t>(id);
}

KeyFault fault_of(policy::PolicyFault fault) {
    using policy::PolicyFault;
    if (fault == PolicyFault::unknown_root) {
        return KeyFault::unknown_root;
    }
    if (fault == PolicyFault::bad_signature) {
        return KeyFault::bad_signature;
    }
    if (fault == PolicyFault::wrong_town) {
        return KeyFault::wrong_town;
    }
    return fault == PolicyFault::weak_key ? KeyFault::weak_key : KeyFault::damaged;
}

tl::expected<std::vector<std::uint8_t>, KeyProblem> read_small(const fs::path& path,
                                                               std::size_t most) {
    try {
        return store::read_file(path, most);
    } catch (const std::system_error& problem) {
        return tl::unexpected(
            KeyProblem{KeyFault::unreadable, path.string(), problem.code().message()});
    }
}

tl::expected<Retirement, KeyProblem> read_retirement(const fs::path& path) {
    const auto bytes = read_small(path, kLargestText);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const std::string text(bytes->begin(), bytes->end());
    if (text == kRetiredWord) {
        return Retirement::retired;
    }
    if (text == kWithdrawnWord) {
        return Retirement::withdrawn;
    }
    return tl::unexpected(KeyProblem{KeyFault::damaged, path.string(), {}});
}

/// Why the secret in a file of the town is not the one of `key`.
std::optional<KeyFault> why_not(const PrivateKey& secret, const Key& key, qr::TownId town) {
    if (secret.town != town) {
        return KeyFault::wrong_town;
    }
    if (secret.key_id != key.id) {
        return KeyFault::damaged;
    }
    if (key.certified && secret.use != key.certified->certificate.use) {
        return KeyFault::wrong_use;
    }
    if (key.certified && secret.key.public_key() != key.certified->certificate.public_key) {
        return KeyFault::other_key;
    }
    return secret.use ? std::nullopt : std::optional(KeyFault::wrong_use);
}

}  // namespace

tl::expected<std::vector<policy::Fingerprint>, KeyProblem> read_fingerprints(const fs::path& file) {
    const auto bytes = read_small(file, kLargestText);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    std::istringstream text(std::string(bytes->begin(), bytes->end()));
    std::vector<policy::Fingerprint> out;
    int number = 0;
    for (std::string line; std::getline(text, line);) {
        ++number;
        std::istringstream words(line);
        std::string first;
        if (!(words >> first) || first.starts_with('#')) {
            continue;
        }
        const auto fingerprint = policy::hash_from_hex(first);
        if (!fingerprint) {
            return tl::unexpected(KeyProblem{KeyFault::damaged,
                                             fmt::format("{}:{}", file.string(), number),
                                             "a fingerprint is 64 hexadecimal digits"});
        }
        out.push_back(*fingerprint);
    }
    return out;
}

tl::expected<Certified, KeyProblem> open_certified(const std::vector<std::uint8_t>& bytes,
                                                   const std::vector<policy::Fingerprint>& roots,
                                                   qr::TownId town, const std::string& place) {
    const auto issued = policy::issued_certificate_from(bytes);
    if (!issued) {
        return tl::unexpected(
            KeyProblem{KeyFault::damaged, place, policy::describe(issued.error())});
    }
    if (roots.empty()) {
        return tl::unexpected(KeyProblem{KeyFault::no_pinned_root, place, {}});
    }
    const auto certificate = policy::open_certificate(*issued, roots, town);
    if (!certificate) {
        return tl::unexpected(KeyProblem{fault_of(certificate.error().fault), place,
                                         policy::describe(certificate.error())});
    }
    return Certified{*certificate, *issued};
}

KeyDirectory::KeyDirectory(fs::path path, KeyTrust trust)
    : path_(std::move(path)), trust_(std::move(trust)) {}

fs::path KeyDirectory::file(std::uint8_t id, const char* ending) const {
    return path_ / fmt::format("{}{:03}{}", kPrefix, id, ending);
}

tl::expected<std::vector<policy::Fingerprint>, KeyProblem> KeyDirectory::pinned_roots() const {
    std::vector<policy::Fingerprint> roots;
    for (const auto& text : trust_.configured_roots) {
        if (const auto fingerprint = policy::hash_from_hex(text)) {
            roots.push_back(*fingerprint);
        }
    }
    const auto file = path_ / kPinnedRootsFile;
    if (!roots.empty() || !fs::exists(file)) {
        return roots;
    }
    return read_fingerprints(file);
}

std::string KeyDirectory::look() const {
    std::set<std::string> seen;
    for (const auto& path : entries_of(path_)) {
        struct stat status{};
        if (::lstat(path.c_str(), &status) == 0) {
            seen.insert(fmt::format("{} {} {} {}.{} {:o}\n", path.filename().string(),
                                    status.st_ino, status.st_size, status.st_ctim.tv_sec,
                                    status.st_ctim.tv_nsec, status.st_mode));
        }
    }
    std::string all;
    for (const auto& line : seen) {
        all += line;
    }
    return all;
}

void KeyDirectory::read_key(Key& key, const std::vector<policy::Fingerprint>& roots) {
    const auto refuse = [&](KeyFault fault, const fs::path& place) {
        keys_.problems.push_back({fault, place.string(), {}});
    };
    const auto retired = file(key.id, kRetiredEnding);
    if (fs::exists(retired)) {
        const auto retirement = read_retirement(retired);
        key.retirement = retirement.value_or(Retirement::withdrawn);
        if (!retirement) {
            keys_.problems.push_back(retirement.error());
        }
    }
    const auto certificate = file(key.id, kCertificateEnding);
    if (fs::exists(certificate)) {
        auto certified =
            read_small(certificate, kLargestCertificate).and_then([&](const auto& bytes) {
                return open_certified(bytes, roots, trust_.town, certificate.string());
            });
        if (!certified) {
            keys_.problems.push_back(certified.error());
        } else if (certified->certificate.key_id != key.id) {
            refuse(KeyFault::other_key, certificate);
        } else {
            key.use = certified->certificate.use;
            key.certified = std::move(*certified);
        }
    }
    read_secret(key);
}

void KeyDirectory::read_secret(Key& key) {
    const auto path = file(key.id, kPrivateEnding);
    if (!fs::exists(path) || key.retirement != Retirement::none) {
        return;
    }
    auto read = read_private_key_file(path);
    const auto fault = read ? why_not(*read, key, trust_.town) : std::optional(read.error().fault);
    if (fault) {
        keys_.problems.push_back({*fault, path.string(), {}});
        return;
    }
    key.use = read->use;
    key.secret = std::move(read->key);
}

const KeySet& KeyDirectory::current() {
    auto seen = look();
    if (seen == seen_) {
        return keys_;
    }
    keys_ = {};
    const auto roots = pinned_roots();
    if (!roots) {
        keys_.problems.push_back(roots.error());
    }
    std::map<std::uint8_t, Key> by_id;
    for (const auto& path : entries_of(path_)) {
        if (const auto id = id_in(path.filename().string())) {
            by_id[*id].id = *id;
        }
    }
    for (auto& [id, key] : by_id) {
        read_key(key, roots.value_or(std::vector<policy::Fingerprint>{}));
        keys_.keys.push_back(std::move(key));
    }
    seen_ = std::move(seen);
    return keys_;
}

}  // namespace creneau::signer
