#include "api/access/access_types.hpp"
#include "api/access/agents/agent_store.hpp"
#include "api/access/agents/take_sync.hpp"
#include "api/access/commands/command_store.hpp"
#include "api/access/commands/command_types.hpp"
#include "api/http/agent_admission.hpp"
#include "api/http/agent_routes.hpp"
#include "api/http/fields.hpp"
#include "api/http/held_answers.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/sync_fields.hpp"
#include "api/http/wire.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "link/request_signature.hpp"
#include "link/text_forms.hpp"
#include "policy/certificate.hpp"
#include "policy/container.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy_file.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;

constexpr auto kSync = "/door-agent/v1/sync";
constexpr IntegerRange kAny{0, std::numeric_limits<std::int64_t>::max()};
constexpr std::int64_t kLongestWait = 25;
constexpr std::size_t kMostPages = std::size_t{1} << policy::kLargestPageBits;
/// Left of an answer for everything but pages.
constexpr std::size_t kRoom = std::size_t{8} * 1024;

/// What an agent asks for.
struct Asked {
    std::string agent;
    std::vector<std::uint8_t> nonce;
    std::set<std::string> pages;  ///< hashes of those that it has
    std::int64_t seen = 0;        ///< the serial of the answer before
    bool fresh = false;           ///< a policy signed now, changed or not
    std::chrono::seconds wait{0};
    std::optional<std::int64_t> command;  ///< one that it asks for
};

Asked asked_in(Fields& fields) {
    Asked asked;
    const auto nonce =
        link::from_hex(fields.text("nonce", 2 * policy::kNonceSize), policy::kNonceSize);
    if (!nonce && !fields.refused("nonce")) {
        fields.refuse(fields.name_of("nonce"), "not_hex",
                      {"Des chiffres hexadécimaux minuscules sont attendus.",
                       "Small hexadecimal digits are expected."});
    }
    asked.nonce = nonce.value_or(std::vector<std::uint8_t>());
    for (auto& hash : fields.optional_texts("pages", kMostPages)) {
        asked.pages.insert(std::move(hash));
    }
    asked.seen = fields.integer("seen", kAny);
    asked.fresh = fields.optional_boolean("fresh").value_or(false);
    asked.wait = std::chrono::seconds(fields.integer("wait_s", {0, kLongestWait}));
    return asked;
}

/// Manifest, order of the pages, and as many of those that the agent lacks as an answer takes.
json policy_json(const policy::Container& container, const std::set<std::string>& has) {
    const auto certificate = policy::to_bytes(container.policy_certificate);
    json answer{{"certificate", link::to_base64(certificate)},
                {"manifest", link::to_base64(container.manifest)},
                {"pages", json::array()},
                {"changed", json::array()}};
    std::size_t used = kRoom + 2 * container.manifest.size() + 67 * container.pages.size();
    for (const auto& page : container.pages) {
        auto hash = policy::to_hex(policy::blake2b_256(page));
        const bool fits = used + page.size() / 3 * 4 + 8 < kMaxAnswer;
        if (fits && !has.contains(hash)) {
            answer["changed"].push_back(link::to_base64(page));
            used += page.size() / 3 * 4 + 8;
        }
        answer["pages"].push_back(std::move(hash));
    }
    return answer;
}

/// A command that its agent asked for in time, signed; null where there is none.
Response answer_with_command(const signer::Client& signer, const Asked& asked,
                             const Response& nothing_new) {
    auto body = json::parse(nothing_new.body);
    const bool is_taken = body.erase("has_command") > 0;
    const auto command = is_taken && asked.command ? signer.sign_command(*asked.command)
                                                   : tl::unexpected(signer::SignError::unknown_row);
    if (is_taken && !command) {
        spdlog::error("no command for door agent {}: {}", asked.agent,
                      signer::word_of(command.error()));
    }
    body["signed_command"] = command ? json(link::to_base64(*command)) : json(nullptr);
    return json_response(200, body);
}

json offers_json(const std::vector<access::DoorCommand>& offered) {
    json offers = json::array();
    for (const auto& command : offered) {
        offers.push_back(
            {{"command", static_cast<std::int64_t>(command.id)}, {"door", command.door_key}});
    }
    return offers;
}

/// What there is besides a policy: the serial, and commands that are offered.
struct Standing {
    std::int64_t serial = 0;
    std::vector<access::DoorCommand> offered;
};

Standing standing_of(store::Session& session, const Request& request, const Asked& asked) {
    const access::TownId town{static_cast<std::int64_t>(request.town)};
    return {access::select_policy_serial(session, town),
            access::select_offered(session, town, asked.agent, request.now)};
}

/// The serial is read before the policy is made: what changes meanwhile is seen next time.
Response answer_with_policy(const Request& request, store::Readers& readers,
                            const signer::Client& signer, const Asked& asked,
                            const Response& nothing_new) {
    const auto standing =
        readers.read([&](store::Session& session) { return standing_of(session, request, asked); });
    auto body = json::parse(nothing_new.body);
    body["offered"] = offers_json(standing.offered);
    if (!asked.fresh && standing.serial == asked.seen) {
        return json_response(200, body);
    }
    const auto file = signer.export_policy(asked.agent, asked.nonce);
    const auto container =
        file ? policy::read_container(*file) : tl::unexpected(policy::PolicyError{});
    if (!container) {
        spdlog::error("no policy for door agent {}: {}", asked.agent,
                      file ? "unreadable" : signer::word_of(file.error()));
        return busy(request);
    }
    body["serial"] = standing.serial;
    body["policy"] = policy_json(*container, asked.pages);
    return json_response(200, body);
}

Response refused_sync(const Request& request, access::SyncFault fault) {
    switch (fault) {
        case access::SyncFault::replayed:
            return bad_agent_signature(request);
        case access::SyncFault::malformed:
            break;
    }
    return problem_response(request,
                            {422,
                             "not_a_journal",
                             {"Aucun journal n’a de telles lignes.", "No journal has such rows."}});
}

Step sync(const Request& request, store::Readers& readers) {
    auto fields = Fields::of_body(request);
    const auto asked = asked_in(fields);
    auto said = sync_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto agent = admit_agent(request, readers);
    if (!agent) {
        return agent.error();
    }
    said.town = access::TownId{static_cast<std::int64_t>(request.town)};
    said.agent = *agent;
    said.now = request.now;
    return Work([request = words_of(request), order = std::move(said),
                 seen = asked.seen](store::Session& session) -> Answered {
        const auto taken = access::take_sync(session, order);
        if (!taken) {
            return tl::unexpected(refused_sync(request, taken.error()));
        }
        json body{{"serial", seen}, {"policy", nullptr}};
        if (taken->took_key) {
            body["key_taken"] = true;
        }
        if (taken->has_command) {
            body["has_command"] = true;
        }
        if (taken->acknowledged) {
            body["acknowledged"] = *taken->acknowledged;
        }
        return json_response(200, body);
    });
}

}  // namespace

void add_sync_route(Routes& routes) {
    routes.slow("POST", kSync, sync, Access::anyone);
}

HoldBack hold_back_syncs(store::Readers& readers, const signer::Client& signer) {
    return [&readers, &signer](const Request& request) -> std::shared_ptr<const Held> {
        const auto signature = request.header("signature-input");
        const auto said =
            signature && request.path == kSync ? link::read_parameters(*signature) : std::nullopt;
        if (!said) {
            return nullptr;
        }
        auto fields = Fields::of_body(request);
        auto asked = asked_in(fields);
        asked.agent = said->key_id;
        asked.command = fields.optional_integer("command", kAny);
        Held held{said->key_id, asked.wait, {}, {}};
        held.is_due = [request = words_of(request), asked](store::Session& session) {
            const auto standing = standing_of(session, request, asked);
            return asked.command || asked.fresh || standing.serial != asked.seen ||
                   !standing.offered.empty();
        };
        held.answer = [request = words_of(request), &readers, &signer,
                       asked](const Response& nothing_new) {
            if (asked.command) {
                return answer_with_command(signer, asked, nothing_new);
            }
            return answer_with_policy(request, readers, signer, asked, nothing_new);
        };
        return std::make_shared<const Held>(std::move(held));
    };
}

}  // namespace creneau::http
