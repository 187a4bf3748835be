#pragma once

#include "door-agent/clock/boot_time.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {

struct PolicyStoreSettings {
    std::filesystem::path watched;    ///< where a new policy file is put
    std::filesystem::path state_dir;  ///< holds the two slots
    std::vector<policy::Fingerprint> roots;
    qr::TownId town{};
    std::string agent;
    std::optional<policy::Order> held_before{};  ///< nothing older is taken, whatever the slots say
};

/// What a look at the watched file brought.
struct PolicyNews {
    bool accepted = false;
    bool saved = true;   ///< false: in force, but no slot could be written; tried again later
    std::string detail;  ///< why it was refused, or not saved
};

/// The policy in force: two slots in the state folder and a watched file. A new file is verified,
/// written to the slot that is not in use, synced, renamed into place, and only then in force;
/// whatever happens, the last good slot stays. One thread.
class PolicyStore {
  public:
    explicit PolicyStore(PolicyStoreSettings settings);

    /// Takes the newer of the slots that verify. True when there was one.
    bool load();

    /// Takes the watched file if it is new and has not changed since the look before. `trusted_now`
    /// is absent while the clock is untrusted: then a new file waits, since its date cannot be
    /// judged and no pass would open anyway. Nothing new, or no file: absent.
    std::optional<PolicyNews> look(std::optional<std::chrono::sys_seconds> trusted_now,
                                   BootTime now);

    /// Takes a policy that the town sent in answer to this nonce: it was signed after that was
    /// drawn, so that it is judged whatever the clock is worth. The one in force: absent.
    std::optional<PolicyNews> offer(const std::vector<std::uint8_t>& bytes,
                                    const std::vector<std::uint8_t>& nonce,
                                    std::optional<std::chrono::sys_seconds> trusted_now,
                                    BootTime now);

    /// The slot of the policy in force; empty while there is none.
    [[nodiscard]] std::filesystem::path current_file() const;

    /// Null while there is none.
    [[nodiscard]] const policy::Policy* current() const { return policy_ ? &*policy_ : nullptr; }

  private:
    struct FileMark {
        std::uint64_t device = 0;
        std::uint64_t inode = 0;
        std::int64_t size = 0;
        std::int64_t written_ns = 0;
        std::int64_t changed_ns = 0;  ///< of its rights and owner too
        friend bool operator==(const FileMark&, const FileMark&) = default;
    };
    using Bytes = std::vector<std::uint8_t>;

    [[nodiscard]] std::optional<PolicyNews> refused(PolicyNews news, BootTime now);
    [[nodiscard]] static std::optional<FileMark> mark_of(const std::filesystem::path& file);
    [[nodiscard]] std::filesystem::path slot(int number) const;
    [[nodiscard]] policy::Expectations expectations() const;
    std::optional<PolicyNews> judge(const Bytes& bytes, const policy::Expectations& expected);
    std::string save(const Bytes& bytes);
    std::optional<PolicyNews> save_again(BootTime now);

    PolicyStoreSettings settings_;
    std::optional<policy::Policy> policy_;
    policy::Hash current_hash_{};
    int current_slot_ = 1;
    std::optional<FileMark> seen_;
    std::optional<FileMark> judged_;
    /// Why the watched file was not taken; looked at again, but not told again.
    std::string told_;
    BootTime judge_again_at_{};
    std::optional<Bytes> unsaved_;
    BootTime save_again_at_{};
};

}  // namespace creneau::door
