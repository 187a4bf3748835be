#pragma once

#include "api/signer/agent_store.hpp"
#include "api/signer/key_directory.hpp"
#include "api/signer/policy_versions.hpp"
#include "api/signer/rate_limit.hpp"
#include "api/signer/signed_log.hpp"
#include "api/signer/signer_client.hpp"
#include "api/signer/signer_config.hpp"
#include "api/signer/signer_protocol.hpp"
#include "api/store/session.hpp"
#include "policy/policy_file.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::signer {

/// The instants of one request.
struct Instants {
    std::chrono::sys_time<std::chrono::milliseconds> wall;
    RateLimit::Instant steady;
};

/// Answers requests: re-reads the row itself, decides, writes down, signs. One thread. Trusts
/// nothing that a request says but which row or agent is meant.
class SigningDesk {
  public:
    /// Opens the database read-only and the state directory. Throws when either cannot be had, or
    /// when the configuration's town is not in the database.
    explicit SigningDesk(const SignerConfig& config);

    /// Never throws: what fails inside is logged and answered with `failed`.
    Answer answer(const Ask& ask, const Instants& now) noexcept;

    /// Reads the keys directory if it changed, and logs problems and alarms when it did or when a
    /// day has passed.
    void look_at_keys(std::chrono::sys_seconds now);

  private:
    Answer sign_pass(std::int64_t credential_id, const Instants& now);
    Answer export_policy(const AskPolicy& ask, const Instants& now);
    Answer sign_command(std::int64_t command_id, const Instants& now);
    Answer answer_told(const Ask& ask, const Instants& now);
    void add_badges(policy::PolicyFacts& facts, const AgentRow& agent,
                    std::chrono::sys_seconds now) const;
    /// Runs `read` on the session; once more on a new one if the database failed.
    template <class Read>
    auto with_session(const Read& read);

    SignerConfig config_;
    std::unique_ptr<store::Session> session_;
    qr::TownId town_;
    KeyDirectory keys_;
    RateLimit rate_;
    SignedLog log_;
    PolicyVersions versions_;
    std::vector<std::string> told_;
    std::chrono::sys_seconds told_at_{};
};

}  // namespace creneau::signer
