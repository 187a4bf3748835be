#include "policy/memory.hpp"

#include "policy/door.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <vector>

namespace creneau::policy {
namespace {

// A policy may be issued up to a day ahead of trusted time, and a pass lives for the skew after
// its end: nothing younger is forgotten.
constexpr std::chrono::seconds kKeptAfterEnd = std::chrono::days{1} + kLargestSkew;

void raise(std::map<qr::PassId, Memory::Ending>& marks, qr::PassId pass,
           const Memory::Ending& mark) {
    const auto [at, added] = marks.try_emplace(pass, mark);
    if (!added) {
        at->second.revision = std::max(at->second.revision, mark.revision);
        at->second.end = std::max(at->second.end, mark.end);
    }
}

}  // namespace

void apply(Memory& memory, const MemoryChanges& changes) {
    if (changes.revision) {
        raise(memory.revisions, changes.revision->pass_id,
              {changes.revision->revision, changes.revision->end});
    }
    if (changes.use) {
        const auto [at, added] =
            memory.uses.try_emplace({changes.use->pass_id, changes.use->door}, changes.use->end);
        if (!added) {
            at->second = std::max(at->second, changes.use->end);
        }
    }
    if (changes.entry) {
        memory.entries[{changes.entry->badge, changes.entry->door}] = changes.entry->at;
    }
    if (changes.first) {
        memory.firsts[changes.first->door] = changes.first->at;
    }
}

void remember(Memory& memory, const Revocation& revocation) {
    raise(memory.revocations, revocation.pass_id, {revocation.revision, revocation.end});
}

void merge(Memory& memory, const Policy& policy) {
    for (const Revocation& revocation : policy.revocations) {
        remember(memory, revocation);
    }
    const auto over = [&](std::chrono::sys_seconds end) {
        return end + kKeptAfterEnd <= policy.issued_at;
    };
    std::erase_if(memory.revisions, [&](const auto& entry) { return over(entry.second.end); });
    std::erase_if(memory.revocations, [&](const auto& entry) { return over(entry.second.end); });
    std::erase_if(memory.uses, [&](const auto& entry) { return over(entry.second); });
    std::erase_if(memory.entries,
                  [&](const auto& entry) { return over(entry.second + kLongestPassback); });
}

}  // namespace creneau::policy
