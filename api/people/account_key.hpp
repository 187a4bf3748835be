#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

/// The secret of the town's accounts: 32 bytes in a file of the API's own, from which one-time
/// codes are derived. It is in no database and in no backup of one.
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

  private:
    Bytes codes_{};
};

/// The key in `file`, which is made (0600) where there is none. Throws std::runtime_error with a
/// sentence for the operator when it is not 32 bytes, or when others may touch it.
[[nodiscard]] AccountKey read_or_make_account_key(const std::filesystem::path& file);

/// What is wrong with the file, a sentence; nothing when it holds a key or is not there yet.
[[nodiscard]] std::optional<std::string> account_key_problem(const std::filesystem::path& file);

}  // namespace creneau::people
