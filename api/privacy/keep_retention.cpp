#include "api/privacy/keep_retention.hpp"

#include "api/audit/audit_store.hpp"
#include "api/audit/day.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::privacy {

namespace {

constexpr std::chrono::hours kNightBegins{1};
constexpr std::chrono::hours kNightEnds{4};

void record(store::Session& session, people::TownId town, std::string_view kind,
            std::int64_t purged, std::chrono::sys_seconds now) {
    audit::append(session, town,
                  {.at = now,
                   .actor = {},
                   .for_whom = {},
                   .action = "data_purged",
                   .subject_kind = kind,
                   .subject = purged,
                   .ground = "retention",
                   .log = audit::Log::security});
}

/// One write; how many rows went.
std::int64_t purge_some(store::Writer& writer, people::TownId town, const Period& period,
                        std::chrono::sys_seconds now) {
    const auto before = audit::kept_from(now, std::chrono::months(period.months));
    const auto purged =
        writer.run([&](store::Session& session) -> tl::expected<std::int64_t, bool> {
            const auto rows = purge_rows(session, town, period.kind->word, before, kMostInAWrite);
            if (rows > 0) {
                record(session, town, period.kind->word, rows, now);
            }
            return rows;
        });
    if (!purged) {
        throw store::StoreError("old data was not purged");
    }
    return purged->value_or(0);
}

}  // namespace

std::vector<Period> list_periods(store::Session& session, people::TownId town) {
    const auto set = select_periods(session, town);
    std::vector<Period> periods;
    for (const DataKind& kind : data_kinds()) {
        const auto own = set.find(kind.word);
        periods.push_back(own == set.end()
                              ? Period{&kind, kind.usual, ""}
                              : Period{&kind, own->second.months, own->second.decision});
    }
    return periods;
}

tl::expected<Period, RetentionFault> set_retention(store::Session& session,
                                                   const SetRetention& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    if (!actor || !people::may_set_retention(*actor)) {
        return tl::unexpected(RetentionFault::not_allowed);
    }
    const DataKind* const kind = find_data_kind(order.kind);
    if (kind == nullptr) {
        return tl::unexpected(RetentionFault::unknown_kind);
    }
    if (order.months < kind->least || order.months > kind->most) {
        return tl::unexpected(RetentionFault::out_of_bounds);
    }
    save_period(session, order.town, order.kind,
                {{order.months, order.decision}, order.actor, order.now});
    audit::append(session, order.town,
                  {.at = order.now,
                   .actor = order.actor,
                   .for_whom = {},
                   .action = "retention_set",
                   .subject_kind = kind->word,
                   .subject = order.months,
                   .ground = {},
                   .log = audit::Log::security});
    return Period{kind, order.months, order.decision};
}

std::int64_t purge_old_data(store::Readers& readers, store::Writer& writer, people::TownId town,
                            std::chrono::sys_seconds now) {
    const auto periods =
        readers.read([&](store::Session& session) { return list_periods(session, town); });
    std::int64_t all = 0;
    for (const Period& period : periods) {
        for (std::size_t writes = 0; writes < kMostWrites; ++writes) {
            const auto purged = purge_some(writer, town, period, now);
            all += purged;
            if (purged < kMostInAWrite) {
                break;
            }
        }
    }
    return all;
}

bool NightlyPurge::is_time(std::chrono::sys_seconds now) {
    const auto today = std::chrono::floor<std::chrono::days>(now);
    const bool is_night = now - today >= kNightBegins && now - today < kNightEnds;
    if (ran_ && (ran_on_ == today || !is_night)) {
        return false;
    }
    ran_ = true;
    ran_on_ = today;
    return true;
}

}  // namespace creneau::privacy
