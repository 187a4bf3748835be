#include "api/privacy/nightly_purge.hpp"

#include "api/audit/audit_store.hpp"
#include "api/audit/day.hpp"
#include "api/people/ids.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::privacy {

namespace {

constexpr std::chrono::hours kNightBegins{1};
constexpr std::chrono::hours kNightEnds{4};
constexpr std::chrono::hours kMissed{48};
constexpr std::chrono::hours kPause{1};

/// A line of the security log whose subject is a count.
struct Said {
    std::string_view action;
    std::string_view kind;
    std::int64_t count = 0;
    std::chrono::sys_seconds at;
};

void record(store::Session& session, people::TownId town, const Said& said) {
    audit::Line line;
    line.at = said.at;
    line.action = said.action;
    line.subject_kind = said.kind;
    line.subject = said.count;
    line.ground = "retention";
    line.log = audit::Log::security;
    audit::append(session, town, line);
}

/// One write; how many rows went.
std::int64_t purge_some(store::Writer& writer, people::TownId town, const DueRows& due,
                        const std::vector<std::int64_t>& ids, std::chrono::sys_seconds now) {
    const auto purged =
        writer.run([&](store::Session& session) -> tl::expected<std::int64_t, bool> {
            const auto rows = purge_rows(session, town, due, ids);
            if (rows > 0) {
                record(session, town, {"data_purged", due.kind, rows, now});
            }
            return rows;
        });
    if (!purged) {
        throw store::StoreError("old data was not purged");
    }
    return purged->value_or(0);
}

}  // namespace

bool NightlyPurge::tick(store::Readers& readers, store::Writer& writer, people::TownId town,
                        std::chrono::sys_seconds now) {
    if (now < not_before_) {
        return false;
    }
    if (!knows_last_) {
        last_ =
            readers.read([&](store::Session& session) { return select_last_purge(session, town); });
        knows_last_ = true;
    }
    if (!night_) {
        if (!is_due(now)) {
            return false;
        }
        night_.emplace();
        night_->periods =
            readers.read([&](store::Session& session) { return list_periods(session, town); });
    }
    try {
        if (const auto found = find_next(readers, town, now)) {
            night_->purged += purge_some(writer, town, found->due, found->ids, now);
            night_->after = found->ids.back();
        } else {
            finish(writer, town, now);
        }
    } catch (...) {
        not_before_ = now + kPause;
        throw;
    }
    return night_.has_value();
}

bool NightlyPurge::is_due(std::chrono::sys_seconds now) const {
    if (!last_ || now - *last_ >= kMissed) {
        return true;
    }
    const auto today = std::chrono::floor<std::chrono::days>(now);
    return now - today >= kNightBegins && now - today < kNightEnds && *last_ < today + kNightBegins;
}

std::optional<NightlyPurge::FoundRows> NightlyPurge::find_next(store::Readers& readers,
                                                               people::TownId town,
                                                               std::chrono::sys_seconds now) {
    while (night_->at < night_->periods.size()) {
        const Period& period = night_->periods[night_->at];
        if (night_->place == purge_places(period.kind->word)) {
            ++night_->at;
            night_->place = 0;
            continue;
        }
        FoundRows found{
            {period.kind->word, audit::kept_from(now, std::chrono::months(period.months)),
             night_->place, night_->after},
            {}};
        found.ids = readers.read([&](store::Session& session) {
            return select_due_rows(session, town, found.due, kMostInAWrite);
        });
        if (!found.ids.empty()) {
            return found;
        }
        ++night_->place;
        night_->after = 0;
    }
    return std::nullopt;
}

void NightlyPurge::finish(store::Writer& writer, people::TownId town,
                          std::chrono::sys_seconds now) {
    const auto purged = night_->purged;
    const auto done = writer.run([&](store::Session& session) -> tl::expected<bool, bool> {
        const auto swept = sweep_day_old(session, town, now);
        if (swept > 0) {
            record(session, town, {"data_purged", "day_old", swept, now});
        }
        record(session, town, {kPurgeDone, "rows", purged + swept, now});
        return true;
    });
    if (!done) {
        throw store::StoreError("the end of a purge was not written");
    }
    last_ = now;
    night_.reset();
}

}  // namespace creneau::privacy
