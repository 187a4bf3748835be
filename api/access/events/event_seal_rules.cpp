#include "api/access/events/event_seal_rules.hpp"

#include "api/access/events/event_store.hpp"
#include "api/store/column.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <sodium.h>

namespace creneau::access {

namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kSealBytes = 24;

template <std::size_t kSize>
std::string hex_of(const std::array<unsigned char, kSize>& bytes) {
    std::string hex(2 * kSize + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

void add_part(std::string& text, std::string_view part) {
    text += part;
    text += '\n';
}

void add_part(std::string& text, std::int64_t number) {
    add_part(text, std::to_string(number));
}

/// What its row says of it, unless an erasure took that: then what it was written with.
std::string mark_of(const LoggedRow& row) {
    const bool was_taken = row.shown_salt.empty() && !row.shown.pass_number && !row.shown.badge;
    return was_taken ? row.shown_mark : shown_mark(row.shown_salt, row.shown);
}

std::string text_of(const LoggedRow& row) {
    const JournalEvent& event = row.event;
    std::string text;
    add_part(text, "creneau access row 1");
    for (const std::int64_t number :
         {row.journal, event.sequence, row.door, store::raw_or_zero(row.shown.association),
          event.count, store::unix_seconds(event.occurred_at), store::unix_seconds(row.received_at),
          store::unix_seconds(row.kept_since)}) {
        add_part(text, number);
    }
    for (const std::string& word : {event.kind, event.reason, event.clock, event.reader}) {
        add_part(text, word);
    }
    add_part(text, mark_of(row));
    return text;
}

const unsigned char* bytes_of(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string new_shown_salt() {
    std::array<unsigned char, kSaltBytes> salt{};
    randombytes_buf(salt.data(), salt.size());
    return hex_of(salt);
}

std::string shown_mark(const std::string& salt, const ShownCredential& shown) {
    std::string text;
    add_part(text, "creneau access shown 1");
    add_part(text, salt);
    add_part(text, shown.pass_number.value_or(0));
    add_part(text, store::raw_or_zero(shown.badge));
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(), bytes_of(text), text.size(), nullptr, 0);
    return hex_of(digest);
}

struct EventDigests::State {
    crypto_generichash_state hash{};

    State() { crypto_generichash_init(&hash, nullptr, 0, kSealBytes); }
    void add(const std::string& text) {
        crypto_generichash_update(&hash, bytes_of(text), text.size());
    }
    [[nodiscard]] std::string digest() const {
        auto ended = hash;
        std::array<unsigned char, kSealBytes> bytes{};
        crypto_generichash_final(&ended, bytes.data(), bytes.size());
        return hex_of(bytes);
    }
};

EventDigests::EventDigests() = default;
EventDigests::~EventDigests() = default;

void EventDigests::add(const LoggedRow& row) {
    const SealedDay of{row.seal, std::chrono::floor<std::chrono::days>(row.kept_since)};
    auto& state = states_[of];
    if (!state) {
        state = std::make_unique<State>();
    }
    state->add(text_of(row));
}

std::map<SealedDay, std::string> EventDigests::digests() const {
    std::map<SealedDay, std::string> digests;
    for (const auto& [of, state] : states_) {
        digests.emplace(of, state->digest());
    }
    return digests;
}

}  // namespace creneau::access
