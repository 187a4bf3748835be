#include "door-agent/commands.hpp"
#include "door-agent/config.hpp"
#include "door-agent/sync/agent_identity.hpp"
#include "door-agent/sync/town_client.hpp"
#include "link/enrolment.hpp"
#include "link/text_forms.hpp"
#include "policy/fingerprint.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <ostream>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace creneau::door {
namespace {

using nlohmann::json;

constexpr std::size_t kProof = 32;

std::string body_of(const link::Enrolment& enrolment, const link::Proof& proof) {
    json roots = json::array();
    for (const auto& root : enrolment.roots) {
        roots.push_back(policy::to_hex(root));
    }
    return json{{"town_id", static_cast<std::uint32_t>(enrolment.town)},
                {"agent", enrolment.agent},
                {"public_key", link::to_hex(enrolment.agent_key)},
                {"roots", std::move(roots)},
                {"proof", link::to_hex(proof)}}
        .dump();
}

/// Whether the answer proves that the town knows the code.
bool is_the_towns(const std::string& body, const link::EnrolmentCode& code,
                  const link::Enrolment& enrolment) {
    const auto object = json::parse(body, nullptr, false);
    if (!object.is_object() || !object.contains("proof") || !object["proof"].is_string()) {
        return false;
    }
    const auto proof = link::from_hex(object["proof"].get_ref<const std::string&>(), kProof);
    return proof && link::same(link::prove(code, link::Side::town, enrolment), *proof);
}

}  // namespace

int enrol_agent(const Config& config, const std::string& code_text, std::ostream& out) {
    const auto code = link::code_from(code_text);
    if (!code) {
        out << "the code is eight groups of four hexadecimal digits, as on the sheet\n";
        return kExitUsage;
    }
    if (config.town_server.url.empty()) {
        out << "the configuration has no [town] url: it says where the town answers\n";
        return kExitUsage;
    }
    std::filesystem::create_directories(config.state_dir);
    const auto identity = AgentIdentity::make(config.state_dir);
    const link::Enrolment enrolment{config.town, config.name, identity.public_key(), config.roots};
    TownClient client(config.town_server);
    const auto answer =
        client.post({"/door-agent/v1/enrol",
                     body_of(enrolment, link::prove(*code, link::Side::agent, enrolment)),
                     {},
                     std::chrono::seconds{20},
                     true});
    if (!answer) {
        out << fmt::format("{} does not answer: {}\n", config.town_server.url, answer.error());
        return kExitNo;
    }
    constexpr long kGood = 200;
    if (answer->status != kGood) {
        out << fmt::format(
            "refused (status {}): the code was used or is over, or name, town_id or "
            "root_fingerprints are not those of the sheet\n",
            answer->status);
        return kExitNo;
    }
    if (!is_the_towns(answer->body, *code, enrolment)) {
        out << "whoever answered does not know the code: this is not the town\n";
        return kExitNo;
    }
    out << fmt::format("enrolled; to be confirmed by the town with this fingerprint:\n{}\n",
                       policy::to_hex(policy::fingerprint_of(identity.public_key())));
    return kExitDone;
}

}  // namespace creneau::door
