#include "api/audit/keep_days.hpp"

#include "api/audit/audit_store.hpp"
#include "api/audit/day.hpp"
#include "api/audit/seal_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::audit {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_seconds;

namespace {

/// When the first line of the run that is to be sealed was written.
std::optional<sys_seconds> due_run(store::Session& session, const ChainOf& chain,
                                   const std::optional<KeptSeal>& last, sys_seconds now) {
    const auto first = first_line_after(session, chain, last ? last->text.span.last_id : 0);
    const bool is_over = first && floor<days>(*first) < floor<days>(now - kSealedAfter);
    const bool was_ahead = first && floor<days>(*first) > floor<days>(now);
    return is_over || was_ahead ? first : std::nullopt;
}

std::optional<KeptSeal> due_purge(store::Session& session, const ChainOf& chain, sys_seconds now) {
    auto earliest = select_earliest(session, chain);
    if (!earliest || earliest->text.span.day >= kept_from(session, chain, now)) {
        return std::nullopt;
    }
    return earliest;
}

/// 20261205 of "2026-12-05".
std::int64_t number_of(std::string day) {
    std::erase(day, '-');
    return std::stoll(day);
}

void record_purge(store::Session& session, const ChainOf& chain, const KeptSeal& seal,
                  sys_seconds now) {
    Line line;
    line.at = now;
    line.log = Log::security;
    line.action = "audit_purged";
    line.subject_kind = "day";
    line.subject = number_of(seal.text.span.day);
    line.ground = word_of(chain.log);
    append(session, chain.town, line);
}

}  // namespace

std::string kept_from(store::Session& session, const ChainOf& chain, sys_seconds now) {
    const auto months = std::chrono::months(
        chain.log == Log::security
            ? select_security_months(session, chain.town).value_or(kSecurityKept.count())
            : select_audit_months(session, chain.town));
    return text_of(kept_from(now, months));
}

bool has_due_days(store::Session& session, const ChainOf& chain, sys_seconds now) {
    return due_run(session, chain, select_last_seal(session, chain), now).has_value() ||
           due_purge(session, chain, now).has_value();
}

std::optional<KeptSeal> seal_day(store::Session& session, const ChainOf& chain, sys_seconds now) {
    const auto last = select_last_seal(session, chain);
    const auto first = due_run(session, chain, last, now);
    if (!first) {
        return std::nullopt;
    }
    const DayRun bounds = run_of(*first, now);
    const Run run =
        select_run(session, chain, last ? last->text.span.last_id : 0, bounds.from, bounds.until);
    KeptSeal seal;
    seal.text.number = last ? last->text.number + 1 : 1;
    seal.text.span = run.span;
    seal.text.last_hash = run.last_hash;
    seal.text.previous_hash = seal.text.number > 1 ? last->hash : select_beginning(session, chain);
    seal.text.sealed_at = now;
    seal.hash = hash_of_seal(chain, seal.text);
    insert_seal(session, chain, seal);
    return seal;
}

std::optional<KeptSeal> purge_day(store::Session& session, const ChainOf& chain, sys_seconds now) {
    auto seal = due_purge(session, chain, now);
    if (!seal) {
        return std::nullopt;
    }
    if (!seal->purged_at) {
        mark_purged(session, chain, seal->text.number, now);
        seal->purged_at = now;
        record_purge(session, chain, *seal, now);
    }
    seal->emptied = delete_lines(session, chain, seal->text, kMostPurged);
    return seal;
}

}  // namespace creneau::audit
