#include "api/access/events/seal_events.hpp"

#include "api/access/access_types.hpp"
#include "api/access/events/event_rules.hpp"
#include "api/access/events/event_seal_rules.hpp"
#include "api/access/events/event_seal_store.hpp"
#include "api/audit/audit_store.hpp"
#include "api/audit/chain.hpp"
#include "api/audit/day.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::access {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

/// A day is sealed when it has been over for this long, as the audit's are.
constexpr std::chrono::minutes kSealedAfter{5};
constexpr std::int64_t kMostInARun = 20000;

/// 20261205 of the day.
std::int64_t number_of(sys_days day) {
    std::string text = audit::text_of(day);
    std::erase(text, '-');
    return std::stoll(text);
}

void append_seal(store::Session& session, people::TownId town, const EventSeal& seal,
                 sys_seconds now) {
    const std::string ground = std::to_string(seal.of.run).append(1, ':').append(seal.digest);
    audit::Line line;
    line.at = now;
    line.log = audit::Log::security;
    line.action = kLogSealed;
    line.subject_kind = "day";
    line.subject = number_of(seal.of.day);
    line.ground = ground;
    audit::append(session, town, line);
}

std::int64_t seal_run(store::Session& session, people::TownId town, sys_seconds until,
                      sys_seconds now) {
    const TownId of{store::raw(town)};
    const std::int64_t run = select_last_run(session, of) + 1;
    const auto rows = put_into_run(session, of, run, until, kMostInARun);
    for (const auto& [day, digest] : digest_rows(session, of, run)) {
        append_seal(session, town, {day, digest}, now);
    }
    return rows;
}

std::string words_of(const SealedDay& sealed, const char* what) {
    std::string words("day ");
    words.append(audit::text_of(sealed.day)).append(", run ").append(std::to_string(sealed.run));
    return words.append(": ").append(what);
}

}  // namespace

std::int64_t seal_due_events(store::Readers& readers, store::Writer& writer, people::TownId town,
                             sys_seconds now) {
    const sys_seconds until = floor<days>(now - kSealedAfter);
    const TownId of{store::raw(town)};
    std::int64_t sealed = 0;
    while (
        readers.read([&](store::Session& session) { return has_unsealed(session, of, until); })) {
        const auto rows =
            writer.run([&](store::Session& session) -> tl::expected<std::int64_t, bool> {
                return seal_run(session, town, until, now);
            });
        if (!rows) {
            throw store::StoreError("a day of the access log was not sealed");
        }
        sealed += rows->value_or(0);
    }
    return sealed;
}

VerifiedEvents verify_events(store::Session& session, people::TownId town, sys_seconds now) {
    const TownId of{store::raw(town)};
    const std::chrono::months kept(select_shortest_period(session, of, kEventsKept.count()));
    const sys_days first_kept = audit::kept_from(now, kept);
    auto digests = digest_rows(session, of, {});
    const auto rows = count_unsealed(session, of);
    VerifiedEvents found;
    found.unsealed = rows.waiting;
    found.older = rows.older;
    for (const EventSeal& seal : select_event_seals(session, of)) {
        const auto day = digests.extract(seal.of);
        if (seal.of.day < first_kept) {
            ++found.purged;
        } else if (!day.empty() && day.mapped() == seal.digest) {
            ++found.days;
        } else if (!found.broken) {
            found.broken = words_of(seal.of, "its rows are not those that were sealed");
        }
    }
    for (const auto& [sealed, digest] : digests) {
        if (sealed.day >= first_kept && !found.broken) {
            found.broken = words_of(sealed, "has rows, and no seal");
        }
    }
    return found;
}

}  // namespace creneau::access
