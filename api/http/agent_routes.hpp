#pragma once

#include "api/http/held_answers.hpp"
#include "api/http/routes.hpp"
#include "api/people/account_key.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/readers.hpp"

namespace creneau::http {

/// Door agents as their administrators keep them, and the two requests of the agents themselves:
/// enrol and sync. `key` and `signer` outlive what is added.
void add_agent_routes(Routes& routes, const people::AccountKey& key);
void add_enrolment_route(Routes& routes, const people::AccountKey& key,
                         const signer::Client& signer);
void add_sync_route(Routes& routes);

/// What makes a sync wait until the agent's policy may have changed, and then gives it a new one.
[[nodiscard]] HoldBack hold_back_syncs(store::Readers& readers, const signer::Client& signer);

}  // namespace creneau::http
