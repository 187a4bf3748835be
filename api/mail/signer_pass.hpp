#pragma once

#include "api/mail/outbox_worker.hpp"
#include "api/signer/signer_client.hpp"

namespace creneau::mail {

/// The worker's way to the signer.
[[nodiscard]] SignPass sign_with(signer::Client client);

}  // namespace creneau::mail
