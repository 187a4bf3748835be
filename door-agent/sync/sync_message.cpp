#include "door-agent/sync/sync_message.hpp"

#include "door-agent/journal/event.hpp"
#include "door-agent/journal/unsent.hpp"
#include "door-agent/sync/command_desk.hpp"
#include "door-agent/sync/standing.hpp"
#include "link/text_forms.hpp"
#include "policy/certificate.hpp"
#include "policy/command.hpp"
#include "policy/container.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::door {
namespace {

using nlohmann::json;

constexpr std::size_t kMostPages = std::size_t{1} << policy::kLargestPageBits;
constexpr std::size_t kEnvelope = 1024;
constexpr std::size_t kMostOffered = 16;

std::optional<std::vector<std::uint8_t>> bytes_in(const json& object, const char* name,
                                                  std::size_t most) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string()
               ? link::from_base64(found->get_ref<const std::string&>(), most)
               : std::nullopt;
}

/// A list of texts of `object`; nothing when it is another thing or too long.
std::optional<std::vector<std::string>> texts_in(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array() || found->size() > kMostPages ||
        !std::ranges::all_of(*found, [](const json& item) { return item.is_string(); })) {
        return std::nullopt;
    }
    return found->get<std::vector<std::string>>();
}

std::optional<SentPolicy> read_policy(const json& object) {
    auto certificate = bytes_in(object, "certificate", kEnvelope + 64);
    auto manifest = bytes_in(object, "manifest", policy::kLargestManifest + kEnvelope);
    const auto order = texts_in(object, "pages");
    const auto changed = texts_in(object, "changed");
    if (!certificate || !manifest || !order || !changed) {
        return std::nullopt;
    }
    SentPolicy sent{*std::move(certificate), *std::move(manifest), {}, {}};
    for (const auto& text : *order) {
        const auto hash = policy::hash_from_hex(text);
        if (!hash) {
            return std::nullopt;
        }
        sent.order.push_back(*hash);
    }
    for (const auto& text : *changed) {
        auto page = link::from_base64(text, policy::kLargestPage);
        if (!page) {
            return std::nullopt;
        }
        sent.changed.push_back(*std::move(page));
    }
    return sent;
}

/// Those that make sense, some at a time.
std::vector<OfferedCommand> offered_in(const json& object) {
    std::vector<OfferedCommand> offered;
    const auto found = object.find("offered");
    if (found == object.end() || !found->is_array()) {
        return offered;
    }
    for (const json& item : *found) {
        if (offered.size() < kMostOffered && item.is_object() && item.contains("command") &&
            item["command"].is_number_unsigned() && item.contains("door") &&
            item["door"].is_string()) {
            offered.push_back({item["command"].get<std::uint64_t>(), item["door"]});
        }
    }
    return offered;
}

/// A row without its `detail`, which is for whoever stands at the board.
json to_json(std::int64_t sequence, const Event& event) {
    json row{{"sequence", sequence},
             {"kind", name(event.kind)},
             {"at", std::max<std::int64_t>(event.at.time_since_epoch().count(), 0)},
             {"clock", event.clock},
             {"count", event.count}};
    const auto add = [&row](const char* member, const std::string& text) {
        if (!text.empty()) {
            row[member] = text;
        }
    };
    add("door", event.door);
    add("reader", event.reader);
    add("reason", event.reason);
    if (event.pass) {
        row["pass_id"] = static_cast<std::uint64_t>(event.pass->pass_id);
        row["revision"] = event.pass->revision;
    } else if (event.badge) {
        row["badge"] = static_cast<std::uint32_t>(*event.badge);
    }
    return row;
}

void add_events(json& body, const UnsentRows& unsent) {
    body["journal"] = link::to_hex(unsent.journal);
    body["last_hash"] = link::to_hex(unsent.last_hash);
    body["events"] = json::array();
    for (const auto& [sequence, event] : unsent.rows) {
        body["events"].push_back(to_json(sequence, event));
    }
}

}  // namespace

std::string write_ask(const SyncAsk& ask) {
    const Standing& standing = ask.standing;
    json body{{"nonce", link::to_hex(ask.nonce)},
              {"generation", standing.held.generation},
              {"version", standing.held.version},
              {"clock", standing.clock},
              {"journal_unsent", standing.journal.unsent},
              {"journal_capacity", ask.journal_capacity},
              {"doors", json::array()},
              {"pages", json::array()},
              {"seen", ask.seen},
              {"fresh", ask.fresh},
              {"wait_s", ask.wait.count()}};
    if (standing.policy_age) {
        body["policy_age_s"] = std::max<std::int64_t>(standing.policy_age->count(), 0);
    }
    for (const auto& hash : ask.pages) {
        body["pages"].push_back(policy::to_hex(hash));
    }
    for (const auto& door : standing.doors) {
        body["doors"].push_back({{"door", door.door}, {"phase", door.phase}});
    }
    if (ask.events) {
        add_events(body, *ask.events);
    }
    if (ask.next_key) {
        body["next_key"] = link::to_hex(ask.next_key->public_key);
        body["next_key_proof"] = link::to_hex(ask.next_key->proof);
    }
    if (ask.question) {
        body["command"] = ask.question->command;
        body["boot"] = ask.question->boot;
        body["command_nonce"] = link::to_hex(ask.question->nonce);
    }
    return body.dump();
}

std::optional<SyncAnswer> read_answer(const std::string& body) {
    const auto object = json::parse(body, nullptr, false);
    if (!object.is_object() || !object.contains("serial") ||
        !object["serial"].is_number_unsigned() || !object.contains("policy")) {
        return std::nullopt;
    }
    SyncAnswer answer;
    answer.serial = object["serial"].get<std::int64_t>();
    if (const auto taken = object.find("acknowledged");
        taken != object.end() && taken->is_number_unsigned()) {
        answer.acknowledged = taken->get<std::int64_t>();
    }
    const auto key_taken = object.find("key_taken");
    answer.key_taken = key_taken != object.end() && *key_taken == true;
    answer.offered = offered_in(object);
    answer.command = bytes_in(object, "signed_command", policy::kLargestCommand);
    const auto& policy = object["policy"];
    if (policy.is_null()) {
        return answer;
    }
    answer.policy = policy.is_object() ? read_policy(policy) : std::nullopt;
    return answer.policy ? std::optional(std::move(answer)) : std::nullopt;
}

std::optional<std::vector<std::uint8_t>> assemble(const SentPolicy& sent,
                                                  const std::vector<Page>& pages) {
    const auto certificate = policy::issued_certificate_from(sent.certificate);
    if (!certificate) {
        return std::nullopt;
    }
    policy::Container container{*certificate, sent.manifest, {}};
    std::map<policy::Hash, const Page*> here;
    for (const auto* some : {&pages, &sent.changed}) {
        for (const auto& page : *some) {
            here[policy::blake2b_256(page)] = &page;
        }
    }
    for (const auto& hash : sent.order) {
        const auto page = here.find(hash);
        if (page == here.end()) {
            return std::nullopt;
        }
        container.pages.push_back(*page->second);
    }
    return policy::write_container(container);
}

std::vector<Page> pages_of(std::span<const std::uint8_t> file) {
    auto container = policy::read_container(file);
    return container ? std::move(container->pages) : std::vector<Page>();
}

}  // namespace creneau::door
