#include "api/mail/signer_pass.hpp"

#include "api/mail/outbox_worker.hpp"
#include "api/signer/signer_client.hpp"
#include "qr/pass.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

PassFault fault_of(signer::SignError error) {
    switch (error) {
        case signer::SignError::not_approved:
        case signer::SignError::revoked:
        case signer::SignError::ended:
            return PassFault::opens_nothing;
        case signer::SignError::unknown_row:
            return PassFault::unknown;
        case signer::SignError::too_early:
            return PassFault::too_early;
        case signer::SignError::unreachable:
        case signer::SignError::rate:
        case signer::SignError::no_key:
        case signer::SignError::failed:
        case signer::SignError::over_cap:
        case signer::SignError::unknown_agent:
        case signer::SignError::bad_policy:
        case signer::SignError::malformed:
            return PassFault::unavailable;
    }
    return PassFault::unavailable;
}

}  // namespace

SignPass sign_with(signer::Client client) {
    return [client = std::move(client)](
               std::int64_t credential_id) -> tl::expected<qr::PassBytes, PassRefusal> {
        auto bytes = client.sign_pass(credential_id);
        if (!bytes) {
            return tl::unexpected(PassRefusal{
                fault_of(bytes.error()), "signer: " + std::string(signer::word_of(bytes.error()))});
        }
        return *bytes;
    };
}

}  // namespace creneau::mail
