#include "api/access/access_types.hpp"
#include "api/access/agents/agent_store.hpp"
#include "api/access/agents/keep_agents.hpp"
#include "api/http/agent_routes.hpp"
#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/people/account_key.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "link/text_forms.hpp"
#include "policy/container.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestAgent = 64;
constexpr std::size_t kProof = 32;
constexpr std::size_t kMostRoots = 2;
constexpr IntegerRange kTowns{1, std::numeric_limits<std::uint32_t>::max()};

std::vector<std::uint8_t> hex_field(Fields& fields, const std::string& name, std::size_t size) {
    const auto text = fields.text(name, 2 * size);
    auto bytes = link::from_hex(text, size);
    if (!bytes && !fields.refused(name)) {
        fields.refuse(fields.name_of(name), "not_hex",
                      {"Des chiffres hexadécimaux minuscules sont attendus.",
                       "Small hexadecimal digits are expected."});
    }
    return bytes.value_or(std::vector<std::uint8_t>(size));
}

access::EnrolAgent order_in(Fields& fields, const Request& request) {
    access::EnrolAgent order;
    order.town = access::TownId{static_cast<std::int64_t>(request.town)};
    order.now = request.now;
    order.enrolment.town =
        qr::TownId{static_cast<std::uint32_t>(fields.integer("town_id", kTowns))};
    order.enrolment.agent = fields.text("agent", kLongestAgent);
    std::ranges::copy(hex_field(fields, "public_key", qr::kPublicKeySize),
                      order.enrolment.agent_key.begin());
    for (const auto& text : fields.optional_texts("roots", kMostRoots)) {
        if (const auto root = policy::hash_from_hex(text)) {
            order.enrolment.roots.push_back(*root);
        }
    }
    order.proof = hex_field(fields, "proof", kProof);
    return order;
}

Response refusal(const Request& request) {
    return problem_response(
        request, {401,
                  "enrolment_refused",
                  {"Refusé : le code a servi ou expiré, ou le contrôleur, la commune ou la racine "
                   "diffèrent.",
                   "Refused: the code was used or is over, or agent, town or root differ."}});
}

/// Whether the agent pins the root that its policies will be signed under.
tl::expected<bool, signer::SignError> knows_our_root(const signer::Client& signer,
                                                     const link::Enrolment& enrolment) {
    const auto file = signer.export_policy(enrolment.agent);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto container = policy::read_container(*file);
    return container &&
           std::ranges::find(enrolment.roots,
                             policy::fingerprint_of(container->policy_certificate.root)) !=
               enrolment.roots.end();
}

bool waits_for_a_board(store::Readers& readers, const access::EnrolAgent& order) {
    return readers.read([&](store::Session& session) {
        const auto agent = access::select_agent(session, order.town, order.enrolment.agent);
        return agent && access::select_enrolment(session, order.town, agent->id, order.now);
    });
}

Step enrol(const Request& request, store::Readers& readers, const people::AccountKey& key,
           const signer::Client& signer) {
    auto fields = Fields::of_body(request);
    const auto order = order_in(fields, request);
    if (!fields.ok()) {
        return fields.problem();
    }
    if (!waits_for_a_board(readers, order) || !qr::PublicKey::load(order.enrolment.agent_key)) {
        return refusal(request);
    }
    const auto known = knows_our_root(signer, order.enrolment);
    if (!known) {
        return busy(request);
    }
    if (!*known) {
        return refusal(request);
    }
    return Work([request = words_of(request), order, &key](store::Session& session) -> Answered {
        const auto proof = access::enrol_agent(session, key, order);
        if (!proof) {
            return tl::unexpected(refusal(request));
        }
        return json_response(200, {{"proof", link::to_hex(*proof)}});
    });
}

}  // namespace

void add_enrolment_route(Routes& routes, const people::AccountKey& key,
                         const signer::Client& signer) {
    routes.slow(
        "POST", "/door-agent/v1/enrol",
        [&key, &signer](const Request& request, store::Readers& readers) {
            return enrol(request, readers, key, signer);
        },
        Access::anyone);
}

}  // namespace creneau::http
