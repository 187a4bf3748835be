#include "api/signer/signing_desk.hpp"

#include "api/access/badge_key_file.hpp"
#include "api/signer/agent_store.hpp"
#include "api/signer/badge_facts.hpp"
#include "api/signer/command_store.hpp"
#include "api/signer/credential_store.hpp"
#include "api/signer/key_directory.hpp"
#include "api/signer/key_log.hpp"
#include "api/signer/key_problem.hpp"
#include "api/signer/key_rules.hpp"
#include "api/signer/sign_pass.hpp"
#include "api/signer/signer_client.hpp"
#include "api/signer/signer_config.hpp"
#include "api/signer/signer_protocol.hpp"
#include "api/store/db_error.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"
#include "policy/command.hpp"
#include "policy/error.hpp"
#include "policy/policy_file.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <spdlog/spdlog.h>
#include <tl/expected.hpp>

namespace creneau::signer {
namespace {

/// An agent obeys for ten seconds after its question.
constexpr std::chrono::seconds kCommandWaits{10};

std::chrono::sys_seconds seconds_of(const Instants& now) {
    return std::chrono::floor<std::chrono::seconds>(now.wall);
}

qr::TownId town_of(store::Session& session, const std::string& key) {
    const auto town = find_town(session, key);
    if (town) {
        return *town;
    }
    throw std::runtime_error(key.empty() ? "the database holds no town, or several: set town"
                                         : "the database holds no town \"" + key + "\"");
}

/// Doors learn of certificates only through policies: one that cannot be read must not silently
/// disappear from them.
bool all_certificates_read(const KeySet& keys) {
    return std::ranges::none_of(keys.problems, [](const KeyProblem& problem) {
        return !problem.place.ends_with(kPrivateEnding);
    });
}

policy::PolicyFacts facts_of(const AgentRow& agent, const KeySet& keys, const Key& key,
                             std::chrono::sys_seconds now) {
    const auto& certified = store::present(key.certified, "certificate of a signing key");
    policy::PolicyFacts facts;
    facts.town = certified.certificate.town;
    facts.agent = agent.key;
    facts.issued_at = now;
    facts.doors = agent.doors;
    facts.zones = agent.zones;
    facts.revocations = agent.revocations;
    facts.policy_certificate = certified.issued;
    facts.pass_certificates = published_pass_certificates(keys, now);
    return facts;
}

}  // namespace

SigningDesk::SigningDesk(const SignerConfig& config)
    : config_(config),
      session_(std::make_unique<store::Session>(config.database, store::OpenMode::read_only)),
      town_(town_of(*session_, config.town)),
      keys_(config.keys, {town_, config.root_fingerprints}),
      rate_(config.rate),
      log_(config.state),
      versions_(config.state) {}

template <class Read>
auto SigningDesk::with_session(const Read& read) {
    if (session_) {
        try {
            return read(*session_);
        } catch (const std::exception& problem) {
            spdlog::warn("database: {}; opening it again", store::told(problem));
            session_.reset();
        }
    }
    session_ = std::make_unique<store::Session>(config_.database, store::OpenMode::read_only);
    return read(*session_);
}

void SigningDesk::look_at_keys(std::chrono::sys_seconds now) {
    const auto& keys = keys_.current();
    auto lines = alarms(keys, now);
    for (const auto& problem : keys.problems) {
        lines.push_back(describe(problem));
    }
    const auto age = now - told_at_;
    if (lines == told_ && age >= std::chrono::seconds{0} && age < std::chrono::days{1}) {
        return;
    }
    for (const auto& line : lines) {
        spdlog::warn("keys: {}", line);
    }
    told_ = std::move(lines);
    told_at_ = now;
}

Answer SigningDesk::answer_told(const Ask& ask, const Instants& now) {
    if (const auto* pass = std::get_if<AskPass>(&ask)) {
        auto answer = sign_pass(pass->credential_id, now);
        if (!answer) {
            spdlog::info("sign_pass credential={} refused: {}", pass->credential_id,
                         word_of(answer.error()));
        }
        return answer;
    }
    if (const auto* command = std::get_if<AskCommand>(&ask)) {
        auto answer = sign_command(command->command_id, now);
        spdlog::info("sign_command command={} {}", command->command_id,
                     answer ? std::string_view("signed") : word_of(answer.error()));
        return answer;
    }
    if (const auto* log = std::get_if<AskKeyLog>(&ask)) {
        const auto lines = key_log_lines(config_.state, log->after);
        return lines ? Answer(std::vector<std::uint8_t>(lines->begin(), lines->end()))
                     : tl::unexpected(SignError::unknown_row);
    }
    auto answer = export_policy(std::get<AskPolicy>(ask), now);
    if (!answer) {
        spdlog::info("export_policy refused: {}", word_of(answer.error()));
    }
    return answer;
}

Answer SigningDesk::answer(const Ask& ask, const Instants& now) noexcept {
    try {
        look_at_keys(seconds_of(now));
        return answer_told(ask, now);
    } catch (const std::exception& problem) {
        spdlog::error("request failed: {}", store::told(problem));
        session_.reset();
        return tl::unexpected(SignError::failed);
    }
}

Answer SigningDesk::sign_pass(std::int64_t credential_id, const Instants& now) {
    const auto at = seconds_of(now);
    const auto row = with_session([&](store::Session& session) {
        return find_credential(session, town_, credential_id, at);
    });
    if (!row) {
        return tl::unexpected(SignError::unknown_row);
    }
    if (const auto refusal = why_not_sign(*row, config_.longest_guest_pass, at)) {
        return tl::unexpected(*refusal);
    }
    const Window window{row->not_before, row->not_before + std::chrono::minutes{row->duration_min}};
    const auto key = choose_pass_key(keys_.current(), window, at);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const auto fields = fields_of(*row, (*key)->id);
    if (!fields) {
        return tl::unexpected(fields.error());
    }
    if (!rate_.take(credential_id, now.steady)) {
        return tl::unexpected(SignError::rate);
    }
    const auto bytes =
        sign_pass_bytes(*fields, town_, store::present((*key)->secret, "secret of a signing key"));
    if (!bytes) {
        spdlog::error("credential={}: {}", credential_id, qr::word_for(bytes.error()));
        return tl::unexpected(SignError::failed);
    }
    log_.append(town_, credential_id, *fields, at);
    return std::vector<std::uint8_t>(bytes->begin(), bytes->end());
}

Answer SigningDesk::sign_command(std::int64_t command_id, const Instants& now) {
    const auto at = seconds_of(now);
    const auto row = with_session(
        [&](store::Session& session) { return find_command(session, town_, command_id); });
    if (!row) {
        return tl::unexpected(SignError::unknown_row);
    }
    if (!row->is_driven) {
        return tl::unexpected(SignError::unknown_agent);
    }
    if (at - row->asked_at > kCommandWaits) {
        return tl::unexpected(SignError::ended);
    }
    const auto* key = choose_command_key(keys_.current(), at);
    if (key == nullptr) {
        return tl::unexpected(SignError::no_key);
    }
    // Rows of credentials are positive: a command has a bucket of its own.
    if (!rate_.take(-command_id, now.steady)) {
        return tl::unexpected(SignError::rate);
    }
    auto bytes = policy::build_command(
        row->command, store::present(key->certified, "certificate of a signing key").issued,
        [&](std::span<const std::uint8_t> said) {
            return store::present(key->secret, "secret of a signing key").sign(said);
        });
    if (!bytes) {
        spdlog::error("command={}: {}", command_id, policy::describe(bytes.error()));
        return tl::unexpected(SignError::failed);
    }
    return *std::move(bytes);
}

// Without the key no badge can be named: doors then refuse them, and passes go on.
void SigningDesk::add_badges(policy::PolicyFacts& facts, const AgentRow& agent,
                             std::chrono::sys_seconds now) const {
    const auto opens = name_hours(facts, agent);
    if (agent.windows.empty() && agent.duties.duties.empty()) {
        return;
    }
    const auto key = access::read_badge_key(config_.badge_key_file);
    if (!key) {
        spdlog::error("policy of {}: no badge is named, {} is missing", facts.agent,
                      config_.badge_key_file.string());
        return;
    }
    if (const auto unreadable = name_badges(facts, agent, {*key, opens}, now); unreadable > 0) {
        spdlog::error(
            "policy of {}: {} badges left out, their numbers were sealed with another key",
            facts.agent, unreadable);
    }
}

Answer SigningDesk::export_policy(const AskPolicy& ask, const Instants& now) {
    const auto at = seconds_of(now);
    const auto& keys = keys_.current();
    const auto* key = choose_policy_key(keys, at);
    if (key == nullptr) {
        return tl::unexpected(SignError::no_key);
    }
    if (!all_certificates_read(keys)) {
        return tl::unexpected(SignError::bad_policy);
    }
    auto agent = with_session([&](store::Session& session) {
        return find_agent(session, town_, ask.agent_key, {at - kDoorSkew, at});
    });
    if (!agent) {
        return tl::unexpected(SignError::unknown_agent);
    }
    const auto agent_id = agent->id;
    auto facts = facts_of(*agent, keys, *key, at);
    add_badges(facts, *agent, at);
    facts.nonce = ask.nonce;
    facts.version = versions_.next(agent_id, now.wall);
    auto file = policy::build_policy_file(
        facts, [&](std::span<const std::uint8_t> bytes) { return key->secret->sign(bytes); });
    if (!file) {
        spdlog::error("policy of {}: {}", facts.agent, policy::describe(file.error()));
        return tl::unexpected(SignError::bad_policy);
    }
    return std::move(*file);
}

}  // namespace creneau::signer
