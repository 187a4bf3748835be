#include "api/privacy/replay_erasures.hpp"

#include "api/people/ids.hpp"
#include "api/people/security_log.hpp"
#include "api/privacy/erase_person.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/privacy/erasure_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include <tl/expected.hpp>

namespace creneau::privacy {

namespace {

constexpr auto kReplayed = "replayed";

void erase_again(store::Session& session, const Erasure& erasure, std::chrono::sys_seconds now) {
    const auto state = select_person_state(session, erasure.person);
    if (state && !state->erased_at && state->town == erasure.town) {
        erase_now(session, {erasure.town, {}, erasure.person, kReplayed, now}, false);
    } else if (!state) {
        insert_erased_person(session, erasure.town, erasure.person, now);
        people::log_security(session, erasure.town,
                             {.action = "person_erased",
                              .actor = {},
                              .about = erasure.person,
                              .at = now,
                              .ground = kReplayed});
    }
}

}  // namespace

Comparison compare_erasures(store::Session& session, const ErasureLedger& ledger) {
    const auto content = ledger.read();
    Comparison found;
    found.in_ledger = content.erasures.size();
    found.unreadable = content.unreadable;
    const auto erased = select_erased(session);
    std::set<people::PersonId> named;
    for (const Erasure& erasure : content.erasures) {
        named.insert(erasure.person);
        const auto known = erased.find(erasure.person);
        if (known != erased.end() && known->second == erasure.town) {
            continue;
        }
        const auto state = select_person_state(session, erasure.person);
        if ((state && state->town != erasure.town) || !town_exists(session, erasure.town)) {
            found.foreign.push_back(erasure);
        } else if (!state || !state->erased_at) {
            found.not_erased.push_back(erasure);
        }
    }
    for (const auto& [person, town] : erased) {
        if (!named.contains(person)) {
            found.not_in_ledger.push_back(person);
        }
    }
    return found;
}

void require_readable(const ErasureLedger& ledger) {
    const auto unreadable = ledger.read().unreadable;
    if (unreadable > 0) {
        throw std::runtime_error(std::to_string(unreadable) + " lines of the ledger in " +
                                 ledger.folder().string() +
                                 " cannot be read: somebody who was erased may be back");
    }
}

std::size_t replay_erasures(store::Readers& readers, store::Writer& writer,
                            const ErasureLedger& ledger, std::optional<people::TownId> only,
                            std::chrono::sys_seconds now) {
    auto due = readers.read(
        [&](store::Session& session) { return compare_erasures(session, ledger).not_erased; });
    std::erase_if(due, [&](const Erasure& erasure) { return only && erasure.town != *only; });
    for (const Erasure& erasure : due) {
        const auto done = writer.run([&](store::Session& session) -> tl::expected<bool, bool> {
            erase_again(session, erasure, now);
            return true;
        });
        if (!done) {
            throw store::StoreError("an erasure of the ledger was not written");
        }
    }
    return due.size();
}

}  // namespace creneau::privacy
