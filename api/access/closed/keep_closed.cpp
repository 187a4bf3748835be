#include "api/access/closed/keep_closed.hpp"

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_store.hpp"
#include "api/access/closed/closed_ledger.hpp"
#include "api/access/closed/closed_rules.hpp"
#include "api/access/closed/closed_store.hpp"
#include "api/access/closed/closed_types.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/db_error.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::access {

namespace {

/// How much older than its commit an instant may be: writes wait for one another.
constexpr std::chrono::hours kCommitsWithin{1};
constexpr std::chrono::seconds kPause{10};

void record(store::Session& session, TownId town, std::size_t count, std::chrono::sys_seconds now) {
    audit::Line line;
    line.at = now;
    line.action = "closed_again";
    line.subject_kind = "count";
    line.subject = static_cast<std::int64_t>(count);
    line.log = audit::Log::security;
    audit::append(session, people::TownId{store::raw(town)}, line);
}

std::size_t close_all(store::Session& session, const std::vector<Closed>& due,
                      std::chrono::sys_seconds now) {
    std::map<TownId, std::size_t> closed;
    for (const Closed& one : due) {
        if (close_again(session, one, now)) {
            ++closed[one.town];
        }
    }
    std::size_t all = 0;
    for (const auto& [town, count] : closed) {
        record(session, town, count, now);
        all += count;
    }
    return all;
}

std::vector<Closed> of_town(std::vector<Closed> said, TownId town) {
    std::erase_if(said, [&](const Closed& one) { return one.town != town; });
    return said;
}

}  // namespace

void require_readable(const ClosedLedger& ledger) {
    const auto unreadable = ledger.read().unreadable;
    if (unreadable > 0) {
        throw std::runtime_error(std::to_string(unreadable) + " lines of " +
                                 ledger.file().string() +
                                 " cannot be read: something that was closed may be open again");
    }
}

std::size_t replay_closed(store::Writer& writer, const ClosedLedger& ledger,
                          std::optional<TownId> only, std::chrono::sys_seconds now) {
    auto due = in_force(ledger.read().said, now);
    std::erase_if(due, [&](const Closed& one) { return only && one.town != *only; });
    if (due.empty()) {
        return 0;
    }
    const auto done = writer.run([&](store::Session& session) -> tl::expected<std::size_t, bool> {
        return close_all(session, due, now);
    });
    if (!done || !*done) {
        throw store::StoreError("what the ledger says is closed was not written");
    }
    return **done;
}

void ClosedWatch::tick(store::Readers& readers, TownId town, std::chrono::sys_seconds now) {
    const auto serial =
        readers.read([&](store::Session& session) { return select_policy_serial(session, town); });
    const bool is_early = now < next_ && next_ - now <= kPause;  // else the clock was put back
    if ((serial == serial_ || is_failing_) && is_early) {
        return;
    }
    next_ = now + kPause;
    is_failing_ = true;
    look(readers, town, now);
    is_failing_ = false;
    serial_ = serial;
}

void ClosedWatch::look(store::Readers& readers, TownId town, std::chrono::sys_seconds now) {
    // The last look may have been one of a clock that was ahead.
    const auto since = std::min(since_, now - kCommitsWithin);
    ledger_.extend([&](const std::vector<Closed>& said) {
        // Read before the ledger is ours, the database may be older than what another process said.
        const auto closed = readers.read(
            [&](store::Session& session) { return select_closed(session, town, {since, now}); });
        return news(of_town(said, town), closed, now);
    });
    since_ = now - kCommitsWithin;
}

}  // namespace creneau::access
