#include "api/http/sync_fields.hpp"

#include "api/access/agents/agent_store.hpp"
#include "api/access/agents/take_sync.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/commands/command_types.hpp"
#include "api/access/doors/door_phase_store.hpp"
#include "api/access/events/event_types.hpp"
#include "api/http/fields.hpp"
#include "link/text_forms.hpp"
#include "policy/policy_file.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

constexpr IntegerRange kAny{0, std::numeric_limits<std::int64_t>::max()};
constexpr IntegerRange kFromOne{1, std::numeric_limits<std::int64_t>::max()};
/// Seconds of the year 9999 and before.
constexpr IntegerRange kInstants{0, 253'402'300'799};
constexpr IntegerRange kRevisions{0, 255};
constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kMostDoors = 256;

access::AgentStatus status_in(Fields& fields) {
    access::AgentStatus status;
    status.generation = fields.integer("generation", kAny);
    status.version = fields.integer("version", kAny);
    status.clock = fields.text("clock", 16);
    if (const auto age = fields.optional_integer("policy_age_s", kInstants)) {
        status.policy_age = std::chrono::seconds(*age);
    }
    status.journal_unsent = fields.optional_integer("journal_unsent", kAny).value_or(0);
    status.journal_capacity = fields.optional_integer("journal_capacity", kAny).value_or(0);
    return status;
}

std::vector<access::DoorPhase> doors_in(Fields& fields) {
    std::vector<access::DoorPhase> doors;
    auto parts = fields.optional_parts("doors", kMostDoors);
    for (auto& part : parts ? *parts : std::vector<Fields>()) {
        doors.push_back({part.text("door", kLongestWord), part.text("phase", kLongestWord)});
        fields.join(std::move(part));
    }
    return doors;
}

access::JournalEvent event_in(Fields& row) {
    const auto word = [&row](const char* name) {
        return row.optional_text(name, kLongestWord).value_or("");
    };
    access::JournalEvent event;
    event.sequence = row.integer("sequence", kFromOne);
    event.kind = row.text("kind", kLongestWord);
    event.occurred_at =
        std::chrono::sys_seconds(std::chrono::seconds(row.integer("at", kInstants)));
    event.clock = row.text("clock", kLongestWord);
    event.door = word("door");
    event.reader = word("reader");
    event.reason = word("reason");
    event.count = row.integer("count", kFromOne);
    event.badge = row.optional_id<access::BadgeId>("badge");
    const auto pass = row.optional_integer("pass_id", kAny);
    const auto revision = row.optional_integer("revision", kRevisions);
    if (pass && revision) {
        event.pass = {*pass, static_cast<int>(*revision)};
    }
    return event;
}

std::optional<access::EventBatch> events_in(Fields& fields) {
    access::EventBatch batch;
    const auto journal = fields.optional_text("journal", kLongestWord);
    batch.last_hash = fields.optional_text("last_hash", kLongestWord).value_or("");
    auto rows = fields.optional_parts("events", access::kMostEvents);
    if (!journal || !rows) {
        return std::nullopt;
    }
    batch.journal = *journal;
    for (auto& row : *rows) {
        batch.events.push_back(event_in(row));
        fields.join(std::move(row));
    }
    return batch;
}

/// Of the three members all are there, or none.
std::optional<access::CommandQuestion> command_in(Fields& fields) {
    const auto id = fields.optional_id<access::CommandId>("command");
    const auto boot = fields.optional_text("boot", kLongestWord);
    const auto nonce = fields.optional_text("command_nonce", 2 * policy::kNonceSize);
    if (!id) {
        return std::nullopt;
    }
    if (!boot || !nonce || !link::from_hex(*nonce, policy::kNonceSize)) {
        fields.refuse(
            fields.name_of("command"), "incomplete",
            {"Un ordre se demande avec boot et command_nonce, 32 chiffres hexadécimaux.",
             "A command is asked for with boot and command_nonce, 32 hexadecimal digits."});
        return std::nullopt;
    }
    return access::CommandQuestion{*id, *boot, *nonce};
}

/// Both members are there, or none.
std::optional<access::OfferedKey> key_in(Fields& fields) {
    const auto key = fields.optional_text("next_key", 2 * qr::kPublicKeySize);
    const auto proof = fields.optional_text("next_key_proof", 2 * qr::kSignatureSize);
    auto signature = proof ? link::from_hex(*proof, qr::kSignatureSize) : std::nullopt;
    if (!key) {
        return std::nullopt;
    }
    if (!signature || !link::from_hex(*key, qr::kPublicKeySize)) {
        fields.refuse(fields.name_of("next_key"), "incomplete",
                      {"Une clé vient avec next_key_proof, en chiffres hexadécimaux.",
                       "A key comes with next_key_proof, in hexadecimal digits."});
        return std::nullopt;
    }
    return access::OfferedKey{*key, *std::move(signature)};
}

}  // namespace

access::TakeSync sync_in(Fields& fields) {
    access::TakeSync order;
    order.status = status_in(fields);
    order.doors = doors_in(fields);
    order.events = events_in(fields);
    order.command = command_in(fields);
    order.next_key = key_in(fields);
    return order;
}

}  // namespace creneau::http
