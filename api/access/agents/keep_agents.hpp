#pragma once

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/people/account_key.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"
#include "link/enrolment.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::access {

// For the access administrator: which boards come in as which agent.

[[nodiscard]] people::Organised<std::vector<DoorAgent>> list_agents(store::Session& session,
                                                                    TownId town,
                                                                    const people::Person& reader,
                                                                    const people::Page& page);

struct ChangeAgent {
    people::Actor actor;
    AgentId agent{};
};

/// What the installer's sheet says besides the fingerprints of the roots.
struct EnrolmentSheet {
    DoorAgent agent;
    std::string code;  ///< shown once; derived anew when a board proves it, stored nowhere
    std::chrono::sys_seconds expires_at;
};
/// A new code; the one before serves no more. The board that comes in goes on coming in until
/// another one is confirmed.
[[nodiscard]] people::Organised<EnrolmentSheet> make_enrolment_code(store::Session& session,
                                                                    const people::AccountKey& key,
                                                                    const ChangeAgent& order);

struct ConfirmAgent {
    ChangeAgent change;
    std::string fingerprint;  ///< as the board shows it: 64 hexadecimal digits
};
/// The board with that key comes in from now on, and none before it.
[[nodiscard]] people::Organised<DoorAgent> confirm_agent(store::Session& session,
                                                         const ConfirmAgent& order);

/// Stolen or taken down: its board comes in no more, nor one that was to follow it.
[[nodiscard]] people::Organised<DoorAgent> revoke_agent(store::Session& session,
                                                        const ChangeAgent& order);

/// The fingerprint of a key in hexadecimal; empty for none.
[[nodiscard]] std::string fingerprint_of(const std::string& public_key);

struct EnrolAgent {
    TownId town{};
    link::Enrolment enrolment;
    std::vector<std::uint8_t> proof;
    std::chrono::sys_seconds now;
};
/// Whatever is wrong has the same answer, so that a stranger learns nothing.
enum class EnrolFault : std::uint8_t { refused };
/// A board that knows the code offers its key; answers the town's own proof.
[[nodiscard]] tl::expected<link::Proof, EnrolFault> enrol_agent(store::Session& session,
                                                                const people::AccountKey& key,
                                                                const EnrolAgent& order);

}  // namespace creneau::access
