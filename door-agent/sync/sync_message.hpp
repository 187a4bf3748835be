#pragma once

#include "door-agent/journal/unsent.hpp"
#include "door-agent/sync/agent_identity.hpp"
#include "door-agent/sync/command_desk.hpp"
#include "door-agent/sync/standing.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::door {

/// What an agent says and asks in a sync (POST /door-agent/v1/sync in the town's openapi.yaml).
struct SyncAsk {
    std::vector<std::uint8_t> nonce;  ///< 16 bytes
    Standing standing;
    std::int64_t journal_capacity = 0;
    std::optional<UnsentRows> events;
    std::vector<policy::Hash> pages;  ///< of the policy in force
    std::int64_t seen = 0;
    bool fresh = false;  ///< a policy signed now, changed or not
    std::chrono::seconds wait{25};
    std::optional<CommandDesk::Question> question = {};   ///< for a command that was offered
    std::optional<AgentIdentity::NextKey> next_key = {};  ///< that is to follow the agent's
};

[[nodiscard]] std::string write_ask(const SyncAsk& ask);

/// A policy as it came: nothing of it is verified yet.
struct SentPolicy {
    std::vector<std::uint8_t> certificate;
    std::vector<std::uint8_t> manifest;
    std::vector<policy::Hash> order;                 ///< of all its pages
    std::vector<std::vector<std::uint8_t>> changed;  ///< some of them
};

/// A command that the agent may ask for. Nothing of it is verified: the signed answer counts.
struct OfferedCommand {
    std::uint64_t command = 0;
    std::string door;
};

struct SyncAnswer {
    std::int64_t serial = 0;
    bool key_taken = false;  ///< only the next key signs from now on
    std::vector<OfferedCommand> offered;
    std::optional<std::vector<std::uint8_t>> command;  ///< signed, for the question that was sent
    std::optional<std::int64_t> acknowledged;          ///< of the journal whose events were sent
    std::optional<SentPolicy> policy;
};

/// Nothing when it is not such an answer.
[[nodiscard]] std::optional<SyncAnswer> read_answer(const std::string& body);

using Page = std::vector<std::uint8_t>;

/// The whole file of a policy from what came and the pages that are here; absent while one is
/// missing.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> assemble(const SentPolicy& sent,
                                                                const std::vector<Page>& pages);

/// The pages of a policy file; none when it cannot be read.
[[nodiscard]] std::vector<Page> pages_of(std::span<const std::uint8_t> file);

}  // namespace creneau::door
