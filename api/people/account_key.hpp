#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::people {

/// The secret of the town's accounts: 32 bytes in a file of the API's own, from which one-time
/// codes are derived and which seals the secrets of second factors. It is in no database and in no
/// backup of one.
class AccountKey {
  public:
    static constexpr std::size_t kSize = 32;
    using Bytes = std::array<std::uint8_t, kSize>;

    explicit AccountKey(const Bytes& bytes);
    ~AccountKey();
    AccountKey(const AccountKey&) = delete;
    AccountKey& operator=(const AccountKey&) = delete;

    /// What nobody can tell without the key: a keyed BLAKE2b-256 of `message`, under a key derived
    /// for codes alone.
    [[nodiscard]] Bytes code_bytes(std::string_view message) const;

    /// A secret as it may rest in the database: XChaCha20-Poly1305 under a key derived for this
    /// alone, in hexadecimal, the nonce first. `about` says whose it is.
    [[nodiscard]] std::string seal(std::span<const std::uint8_t> secret,
                                   std::string_view about) const;
    /// Nothing when another key sealed it, or about something else, or it was altered.
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> unseal(std::string_view sealed,
                                                                  std::string_view about) const;

  private:
    Bytes codes_{};
    Bytes secrets_{};
};

/// The key in `file`, which is made (0600) where there is none. Throws std::runtime_error with a
/// sentence for the operator when it is not 32 bytes, or when others may touch it.
[[nodiscard]] AccountKey read_or_make_account_key(const std::filesystem::path& file);

/// What is wrong with the file, a sentence; nothing when it holds a key or is not there yet.
[[nodiscard]] std::optional<std::string> account_key_problem(const std::filesystem::path& file);

}  // namespace creneau::people
