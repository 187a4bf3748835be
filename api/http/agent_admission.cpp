#include "api/http/agent_admission.hpp"

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_store.hpp"
#include "api/access/agents/take_sync.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "link/request_signature.hpp"
#include "link/text_forms.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <spdlog/spdlog.h>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

/// A header that was sent once; nothing when it is missing or there are several.
std::optional<std::string> only_header(const Request& request, std::string_view name) {
    const auto count =
        std::ranges::count_if(request.headers, [&](const auto& one) { return one.first == name; });
    const auto value = request.header(name);
    return count == 1 && value ? std::optional(std::string(*value)) : std::nullopt;
}

std::optional<link::SignatureHeaders> signature_of(const Request& request) {
    auto digest = only_header(request, "content-digest");
    auto input = only_header(request, "signature-input");
    auto signature = only_header(request, "signature");
    if (!digest || !input || !signature) {
        return std::nullopt;
    }
    return link::SignatureHeaders{*std::move(digest), *std::move(input), *std::move(signature)};
}

}  // namespace

Response bad_agent_signature(const Request& request) {
    return problem_response(request, {401,
                                      "bad_signature",
                                      {"Cette demande n’est pas signée par un contrôleur confirmé.",
                                       "This request is not signed by a confirmed door agent."}});
}

tl::expected<access::SignedAgent, Response> admit_agent(const Request& request,
                                                        store::Readers& readers) {
    const auto headers = signature_of(request);
    const auto said = headers ? link::read_parameters(headers->signature_input) : std::nullopt;
    if (!said) {
        return tl::unexpected(bad_agent_signature(request));
    }
    const access::TownId town{static_cast<std::int64_t>(request.town)};
    const auto agent = readers.read(
        [&](store::Session& session) { return access::select_agent(session, town, said->key_id); });
    const auto raw = agent ? link::from_hex(agent->public_key, qr::kPublicKeySize) : std::nullopt;
    const auto key = raw ? qr::PublicKey::load(*raw) : std::nullopt;
    if (!key || !link::verifies({request.method, request.path, request.body}, *headers, *key)) {
        spdlog::warn("{} a request in the name of a door agent is refused, client={}", request.id,
                     request.client);
        return tl::unexpected(bad_agent_signature(request));
    }
    return access::SignedAgent{agent->id, agent->key, agent->public_key, said->counter};
}

}  // namespace creneau::http
