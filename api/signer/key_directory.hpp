#pragma once

#include "api/signer/key_problem.hpp"
#include "api/signer/private_key_file.hpp"
#include "api/signer/secret_key.hpp"
#include "policy/certificate.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::signer {

/// What became of a key that signs no more.
enum class Retirement : std::uint8_t {
    none,
    retired,    ///< signs no more; still published, since passes it signed are about
    withdrawn,  ///< signs no more and is published no more: the private key may be known to others
};

struct Certified {
    policy::Certificate certificate;
    policy::IssuedCertificate issued;
};

/// A key of the town, from the files key-007.private, .certificate and .retired.
struct Key {
    std::uint8_t id = 0;
    std::optional<policy::KeyUse> use;   ///< absent only when its files could not be read
    std::optional<SecretKey> secret;     ///< absent when retired or refused
    std::optional<Certified> certified;  ///< absent before the import
    Retirement retirement = Retirement::none;
};

/// Everything in the keys directory, by id. A file that is refused stands in `problems`, and its
/// key does without it.
struct KeySet {
    std::vector<Key> keys;
    std::vector<KeyProblem> problems;
};

/// What the directory is read against.
struct KeyTrust {
    qr::TownId town{};
    std::vector<std::string>
        configured_roots;  ///< fingerprints; these alone count when there are any
};

/// The signer's keys directory: who may sign is decided elsewhere (key_rules.hpp).
class KeyDirectory {
  public:
    KeyDirectory(std::filesystem::path path, KeyTrust trust);

    /// Reads everything again if a file was added, removed or changed since the last call.
    /// Throws std::system_error when the directory is there and cannot be read. Valid until the
    /// next call.
    const KeySet& current();

    [[nodiscard]] const KeyTrust& trust() const { return trust_; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path file(std::uint8_t id, const char* ending) const;

    /// The pinned fingerprints: of the configuration, else of the file root-fingerprints here.
    [[nodiscard]] tl::expected<std::vector<policy::Fingerprint>, KeyProblem> pinned_roots() const;

  private:
    [[nodiscard]] std::string look() const;
    void read_key(Key& key, const std::vector<policy::Fingerprint>& roots);
    void read_secret(Key& key);

    std::filesystem::path path_;
    KeyTrust trust_;
    std::string seen_;
    KeySet keys_;
};

inline constexpr const char* kPrivateEnding = ".private";
inline constexpr const char* kCertificateEnding = ".certificate";
inline constexpr const char* kRetiredEnding = ".retired";
inline constexpr const char* kPinnedRootsFile = "root-fingerprints";

/// One fingerprint a line, a word for people after it allowed; "#" begins a comment.
[[nodiscard]] tl::expected<std::vector<policy::Fingerprint>, KeyProblem> read_fingerprints(
    const std::filesystem::path& file);

/// Opens a certificate's bytes for this town; `place` names them in a problem.
[[nodiscard]] tl::expected<Certified, KeyProblem> open_certified(
    const std::vector<std::uint8_t>& bytes, const std::vector<policy::Fingerprint>& roots,
    qr::TownId town, const std::string& place);

}  // namespace creneau::signer
