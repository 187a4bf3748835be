#include "api/access/events/event_rules.hpp"

#include "api/access/events/event_types.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

namespace creneau::access {

namespace {

constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kJournalDigits = 32;
constexpr std::size_t kHashDigits = 64;
constexpr int kLastRevision = 255;
constexpr std::int64_t kLastPassId = (std::int64_t{1} << 56) - 1;

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// A code: letters, digits and underscores.
bool is_code(std::string_view word) {
    return word.size() <= kLongestWord &&
           word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
               std::string_view::npos;
}

/// The key of a door or a reader; no control characters.
bool is_key(std::string_view key) {
    return key.size() <= kLongestWord &&
           std::ranges::all_of(key, [](char c) { return c > ' ' && c <= '~'; });
}

bool is_clock(std::string_view word) {
    return word == "trusted" || word == "holdover" || word == "untrusted";
}

bool is_well_formed(const JournalEvent& event) {
    const bool has_words = !event.kind.empty() && is_code(event.kind) && is_code(event.reason) &&
                           is_key(event.door) && is_key(event.reader) && is_clock(event.clock);
    const bool has_numbers =
        event.sequence > 0 && event.count > 0 && event.occurred_at.time_since_epoch().count() >= 0;
    const bool has_pass =
        !event.pass || (event.pass->pass_id >= 0 && event.pass->pass_id <= kLastPassId &&
                        event.pass->revision >= 0 && event.pass->revision <= kLastRevision);
    return has_words && has_numbers && has_pass;
}

}  // namespace

bool is_well_formed(const EventBatch& batch) {
    const auto& events = batch.events;
    return is_hex(batch.journal, kJournalDigits) &&
           (batch.last_hash.empty() || is_hex(batch.last_hash, kHashDigits)) &&
           events.size() <= kMostEvents &&
           std::ranges::all_of(events,
                               [](const JournalEvent& one) { return is_well_formed(one); }) &&
           std::ranges::adjacent_find(events, std::greater_equal<>(), &JournalEvent::sequence) ==
               events.end();
}

bool is_arrival(const JournalEvent& event) {
    return event.kind == "granted" && event.clock != "untrusted";
}

std::chrono::sys_seconds kept_since(const JournalEvent& event,
                                    std::chrono::sys_seconds received_at) {
    return event.clock == "untrusted" ? received_at : std::min(event.occurred_at, received_at);
}

}  // namespace creneau::access
