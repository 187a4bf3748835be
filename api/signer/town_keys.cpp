#include "api/signer/town_keys.hpp"

#include "api/signer/instant_text.hpp"
#include "api/signer/key_directory.hpp"
#include "api/signer/key_problem.hpp"
#include "api/signer/key_request.hpp"
#include "api/signer/key_rules.hpp"
#include "api/signer/private_key_file.hpp"
#include "api/signer/secret_key.hpp"
#include "api/store/durable_file.hpp"
#include "policy/certificate.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/core.h>
#include <sys/stat.h>
#include <tl/expected.hpp>

namespace creneau::signer {
namespace {

namespace fs = std::filesystem;
using std::chrono::sys_seconds;

constexpr std::size_t kLargestCertificate = 4096;
constexpr mode_t kPrivateDirectory = 0700;
constexpr mode_t kPublicMode = 0644;

std::vector<std::uint8_t> bytes_of(std::string_view text) {
    return {text.begin(), text.end()};
}

const Key* find_key(const KeySet& keys, std::uint8_t id) {
    const auto found = std::ranges::find(keys.keys, id, &Key::id);
    return found == keys.keys.end() ? nullptr : &*found;
}

void destroy_if_there(const fs::path& path) {
    if (fs::exists(path)) {
        store::destroy_file(path);
    }
}

/// Finishes what an interrupted command left: temporary files, private keys of retired ids.
void tidy(KeyDirectory& keys) {
    store::clear_leftovers(keys.path());
    for (const auto& key : keys.current().keys) {
        if (key.retirement != Retirement::none) {
            destroy_if_there(keys.file(key.id, kPrivateEnding));
        }
    }
}

/// The window and generation to propose: see request_key.
void propose(KeyRequest& request, const KeySet& keys, sys_seconds now) {
    request.not_before = now - std::chrono::days{1};
    request.generation = 1;
    for (const auto& key : keys.keys) {
        if (key.use != request.use || !key.certified) {
            continue;
        }
        request.generation = std::max(request.generation, key.certified->certificate.generation);
        const auto state = state_of(key, now);
        if (state == KeyState::signing || state == KeyState::published) {
            request.not_before = now + kPublishAhead;
        }
    }
}

/// Every id's old files go before its new key comes.
void forget_ended(const KeyDirectory& keys, std::uint8_t id) {
    for (const auto* ending : {kPrivateEnding, kCertificateEnding, kRetiredEnding}) {
        destroy_if_there(keys.file(id, ending));
    }
}

using Roots = std::vector<policy::Fingerprint>;

/// The fingerprints of all `files`.
tl::expected<Roots, KeyProblem> read_roots(const std::vector<fs::path>& files) {
    Roots roots;
    for (const auto& file : files) {
        const auto read = read_fingerprints(file);
        if (!read) {
            return tl::unexpected(read.error());
        }
        if (read->empty()) {
            return tl::unexpected(
                KeyProblem{KeyFault::damaged, file.string(), "holds no fingerprint"});
        }
        roots.insert(roots.end(), read->begin(), read->end());
    }
    return roots;
}

/// The roots to verify with: those pinned; while there are none, those of `files`.
tl::expected<Roots, KeyProblem> roots_to_trust(const KeyDirectory& keys,
                                               const std::vector<fs::path>& files) {
    auto pinned = keys.pinned_roots();
    auto wanted = read_roots(files);
    if (!pinned || !wanted) {
        return pinned ? wanted : pinned;
    }
    if (pinned->empty()) {
        return wanted;
    }
    for (const auto& fingerprint : *wanted) {
        if (std::ranges::find(*pinned, fingerprint) == pinned->end()) {
            return tl::unexpected(KeyProblem{KeyFault::different_roots, "--trust-roots",
                                             policy::to_hex(fingerprint)});
        }
    }
    return pinned;
}

void pin(const KeyDirectory& keys, const Roots& roots) {
    std::string text;
    for (const auto& fingerprint : roots) {
        text += policy::to_hex(fingerprint) + "\n";
    }
    store::write_durably(keys.path() / kPinnedRootsFile, bytes_of(text));
}

/// Does this certificate belong to a key that is here and has none yet?
std::optional<KeyFault> why_not_import(const Key* key, const Certified& certified,
                                       sys_seconds now) {
    const auto& certificate = certified.certificate;
    if (certificate.not_after <= now) {
        return KeyFault::ended;
    }
    if (key == nullptr) {
        return KeyFault::unknown_key;
    }
    if (key->retirement != Retirement::none) {
        return KeyFault::already_retired;
    }
    if (!key->secret) {
        return KeyFault::unknown_key;
    }
    if (key->secret->public_key() != certificate.public_key) {
        return KeyFault::other_key;
    }
    if (key->use != certificate.use) {
        return KeyFault::wrong_use;
    }
    if (key->certified && key->certified->issued != certified.issued) {
        return KeyFault::already_certified;
    }
    return std::nullopt;
}

bool lives(const Key& key, sys_seconds now) {
    const auto state = state_of(key, now);
    return state == KeyState::signing || state == KeyState::published;
}

/// Whether doors believe another key of that use already.
bool has_living(const KeySet& keys, const policy::Certificate& certificate, sys_seconds now) {
    return std::ranges::any_of(keys.keys, [&](const Key& key) {
        return key.id != certificate.key_id && key.use == certificate.use && lives(key, now);
    });
}

bool is_wanted(const Confirmed& confirmed, KeyStep step, std::uint8_t key) {
    return confirmed && confirmed(step, key);
}

void note(const Noted& noted, KeyStep step, std::uint8_t key) {
    if (noted) {
        noted(step, key);
    }
}

tl::expected<Certified, KeyProblem> open_file(const fs::path& path, const Roots& roots,
                                              qr::TownId town) {
    try {
        return open_certified(store::read_file(path, kLargestCertificate), roots, town,
                              path.string());
    } catch (const std::system_error& problem) {
        return tl::unexpected(
            KeyProblem{KeyFault::unreadable, path.string(), problem.code().message()});
    }
}

std::string row_of(const Key& key, sys_seconds now) {
    const auto use = key.use ? policy::word_for(*key.use) : std::string_view("?");
    std::string window = "-";
    if (key.certified) {
        const auto& certificate = key.certified->certificate;
        window = to_text(certificate.not_before) + " to " + to_text(certificate.not_after);
    }
    return fmt::format("{:>3}  {:<7}  {:<9}  {}\n", key.id, use, word_of(state_of(key, now)),
                       window);
}

}  // namespace

tl::expected<std::string, KeyProblem> request_key(KeyDirectory& keys, policy::KeyUse use,
                                                  const fs::path& out, sys_seconds now) {
    if (fs::exists(out)) {
        return tl::unexpected(KeyProblem{KeyFault::exists, out.string(), {}});
    }
    if (!fs::exists(keys.path()) && ::mkdir(keys.path().c_str(), kPrivateDirectory) != 0) {
        throw std::system_error(errno, std::generic_category(),
                                "cannot make " + keys.path().string());
    }
    const store::DirectoryLock lock(keys.path());
    tidy(keys);
    const auto id = free_key_id(keys.current(), now);
    if (!id) {
        return tl::unexpected(KeyProblem{KeyFault::no_free_id, keys.path().string(), {}});
    }
    const PrivateKey key{use, *id, keys.trust().town, SecretKey::generate()};
    KeyRequest request{keys.trust().town, use, *id, key.key.public_key(), {}, 1};
    propose(request, keys.current(), now);
    forget_ended(keys, *id);
    // The key first: a request whose key was lost could be certified, and nobody would hold it.
    create_private_key_file(keys.file(*id, kPrivateEnding), key);
    try {
        store::create_durably(out, bytes_of(write_key_request(request, key.key)), kPublicMode);
    } catch (...) {
        store::destroy_file(keys.file(*id, kPrivateEnding));
        throw;
    }
    return fmt::format("Made {} key {}; take {} to the machine that holds the root: keys sign.\n",
                       policy::word_for(use), *id, out.string());
}

tl::expected<std::string, KeyProblem> import_certificate(KeyDirectory& keys,
                                                         const ImportCertificate& what,
                                                         sys_seconds now) {
    const store::DirectoryLock lock(keys.path());
    tidy(keys);
    const auto roots = roots_to_trust(keys, what.trust_roots);
    if (!roots) {
        return tl::unexpected(roots.error());
    }
    const auto certified = open_file(what.certificate, *roots, keys.trust().town);
    if (!certified) {
        return tl::unexpected(certified.error());
    }
    const auto id = certified->certificate.key_id;
    if (const auto fault = why_not_import(find_key(keys.current(), id), *certified, now)) {
        return tl::unexpected(
            KeyProblem{*fault, what.certificate.string(), fmt::format("key {}", id)});
    }
    if (has_living(keys.current(), certified->certificate, now) &&
        !is_wanted(what.confirmed, KeyStep::import, id)) {
        return tl::unexpected(KeyProblem{KeyFault::needs_confirmation, what.certificate.string(),
                                         fmt::format("key {}, key_import", id)});
    }
    note(what.noted, KeyStep::import, id);
    if (keys.pinned_roots().value_or(Roots{}).empty()) {
        pin(keys, *roots);
    }
    store::write_durably(keys.file(id, kCertificateEnding), policy::to_bytes(certified->issued));
    const auto& certificate = certified->certificate;
    return fmt::format("{} key {} signs from {} until {}.\n", policy::word_for(certificate.use), id,
                       to_text(std::max(certificate.not_before, now)),
                       to_text(certificate.not_after));
}

std::string list_keys(KeyDirectory& keys, sys_seconds now) {
    const auto& set = keys.current();
    std::string text = " id  use      state      certificate\n";
    for (const auto& key : set.keys) {
        text += row_of(key, now);
    }
    for (const auto& problem : set.problems) {
        text += "problem: " + describe(problem) + "\n";
    }
    for (const auto& alarm : alarms(set, now)) {
        text += "alarm: " + alarm + "\n";
    }
    return text;
}

namespace {

/// A key with a certificate.
std::string retire_certified(KeyDirectory& keys, const Key& key, bool withdraw, sys_seconds now) {
    const auto id = key.id;
    const auto until = key.certified->certificate.not_after;
    // The mark first: a key half destroyed must not be taken for a living one.
    store::write_durably(keys.file(id, kRetiredEnding),
                         bytes_of(withdraw ? "withdrawn\n" : "retired\n"));
    destroy_if_there(keys.file(id, kPrivateEnding));
    if (withdraw || until <= now) {
        return fmt::format(
            "Key {} is destroyed and is published no more: passes it signed open no door that "
            "has received the next policy. Send new ones.\n",
            id);
    }
    return fmt::format("Key {} is destroyed; its certificate stays published until {}.\n", id,
                       to_text(until));
}

}  // namespace

tl::expected<std::string, KeyProblem> retire_key(KeyDirectory& keys, const RetireKey& what,
                                                 sys_seconds now) {
    const store::DirectoryLock lock(keys.path());
    tidy(keys);
    const auto* key = find_key(keys.current(), what.id);
    const auto place = fmt::format("key {}", what.id);
    if (key == nullptr) {
        return tl::unexpected(KeyProblem{KeyFault::unknown_key, place, {}});
    }
    const auto wanted = what.withdraw ? Retirement::withdrawn : Retirement::retired;
    if (key->retirement == wanted || key->retirement == Retirement::withdrawn) {
        return tl::unexpected(KeyProblem{KeyFault::already_retired, place, {}});
    }
    const auto step = what.withdraw ? KeyStep::withdraw : KeyStep::retire;
    if (!key->certified) {
        note(what.noted, step, what.id);
        destroy_if_there(keys.file(what.id, kPrivateEnding));
        return fmt::format("Key {} is destroyed; it had no certificate.\n", what.id);
    }
    if (!is_wanted(what.confirmed, step, what.id)) {
        return tl::unexpected(KeyProblem{KeyFault::needs_confirmation, place,
                                         what.withdraw ? "key_withdraw" : "key_retire"});
    }
    note(what.noted, step, what.id);
    return retire_certified(keys, *key, what.withdraw, now);
}

}  // namespace creneau::signer
