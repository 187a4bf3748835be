#pragma once

#include "link/request_signature.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace creneau::door {

/// Who this board is to the town: an Ed25519 key of its own (agent.key in the state folder, 0600)
/// and the counter of its requests (agent.counter). One thread.
class AgentIdentity {
  public:
    /// Makes a key, or takes the one that is there. Throws std::runtime_error when the folder
    /// cannot be written or the file is none of ours.
    [[nodiscard]] static AgentIdentity make(const std::filesystem::path& state_dir);
    /// Absent before `enrol`.
    [[nodiscard]] static std::optional<AgentIdentity> load(const std::filesystem::path& state_dir);

    ~AgentIdentity() = default;
    AgentIdentity(AgentIdentity&& other) noexcept = default;
    AgentIdentity& operator=(AgentIdentity&& other) noexcept = default;
    AgentIdentity(const AgentIdentity&) = delete;
    AgentIdentity& operator=(const AgentIdentity&) = delete;

    [[nodiscard]] const qr::PublicKeyBytes& public_key() const { return signing().public_key; }
    [[nodiscard]] qr::Signature sign(std::span<const std::uint8_t> message) const;

    /// Since when this key has been made, by the file's date; the key is changed by and by.
    [[nodiscard]] std::chrono::sys_seconds key_since() const;

    /// A key that is to follow this one, and its signature that says so (link/key_change.hpp).
    struct NextKey {
        qr::PublicKeyBytes public_key{};
        qr::Signature proof{};
    };
    /// Made once and kept on disk (agent.key.next) until it is in use. Absent when it cannot be
    /// written.
    [[nodiscard]] std::optional<NextKey> next_key(qr::TownId town, const std::string& agent);

    /// The town no longer knows this key: the other one signs from now on, where there is one,
    /// since the town's word that it took it may have been lost.
    void try_other_key();
    /// The town takes what `next_key` gave, or what it signed: that is the key from now on. True
    /// when another one was until now; false too when the disk does not say so yet.
    bool settle(bool next_is_taken);

    /// Greater with each call, across restarts and power cuts: the numbers are set aside on disk a
    /// thousand at a time. Absent when they cannot be: then nothing may be sent.
    [[nodiscard]] std::optional<std::int64_t> next_counter();

  private:
    using Seed = std::array<std::uint8_t, 32>;
    /// A key pair; wiped when it goes.
    struct Pair {
        explicit Pair(const Seed& seed);
        ~Pair();
        Pair(const Pair&) = default;
        Pair& operator=(const Pair&) = default;
        qr::PublicKeyBytes public_key{};
        std::array<std::uint8_t, 64> secret_key{};
    };
    static std::optional<Pair> read_pair(const std::filesystem::path& file);
    AgentIdentity(std::filesystem::path state_dir, const Pair& pair);
    [[nodiscard]] const Pair& signing() const { return tries_next_ && next_ ? *next_ : pair_; }

    std::filesystem::path state_dir_;
    Pair pair_;
    std::optional<Pair> next_;
    bool tries_next_ = false;
    std::int64_t counter_ = 0;
    std::int64_t set_aside_ = 0;
};

}  // namespace creneau::door
