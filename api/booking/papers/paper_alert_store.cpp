#include "api/booking/papers/paper_alert_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/mail/facts.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

/// The holder's bookings to come in rooms that ask for the paper's kind.
constexpr auto kRestingOn =
    " FROM bookings b JOIN room_papers r ON r.room_id = b.room_id AND r.kind = p.kind"
    " WHERE b.town_id = p.town_id AND b.status IN ('pending', 'approved') AND b.end_at > ";
constexpr auto kOfHolder =
    " AND ((p.holder_kind = 'association' AND b.association_id = p.holder_id)"
    " OR (p.holder_kind = 'person' AND b.booker_id = p.holder_id AND b.association_id IS NULL))";

constexpr auto kOutlasted =
    " AND NOT EXISTS (SELECT 1 FROM papers n WHERE n.town_id = p.town_id AND n.kind = p.kind"
    " AND n.holder_kind = p.holder_kind AND n.holder_id = p.holder_id"
    " AND n.accepted_at IS NOT NULL"
    " AND (n.valid_until = '' OR n.valid_until > p.valid_until"
    " OR (n.valid_until = p.valid_until AND n.id > p.id)))";

struct EndingRow {
    std::int64_t id = 0;
    std::int64_t told = 0;
    std::string first_day;
};

}  // namespace

std::vector<EndingPaper> select_ending(store::Session& session, TownId town, const EndingDays& days,
                                       std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    EndingRow row;
    soci::statement statement =
        (session.sql().prepare
             << std::string("SELECT p.id, COALESCE((SELECT MIN(a.days) FROM paper_alerts a"
                            " WHERE a.paper_id = p.id), ") +
                    std::to_string(kNeverTold) +
                    "), COALESCE((SELECT MIN(SUBSTR(b.local_start, 1, 10))" + kRestingOn + ":at" +
                    kOfHolder +
                    " AND SUBSTR(b.local_start, 1, 10) > p.valid_until), '')"
                    " FROM papers p WHERE p.town_id = :town AND p.accepted_at IS NOT NULL"
                    " AND p.valid_until >= :from AND p.valid_until <= :until" +
                    kOutlasted + " AND EXISTS (SELECT 1" + kRestingOn + ":now" + kOfHolder +
                    ") ORDER BY p.valid_until, p.id",
         use(at, "at"), use(town_id, "town"), use(days.from, "from"), use(days.until, "until"),
         use(at, "now"), into(row.id), into(row.told), into(row.first_day));
    statement.execute();
    std::vector<EndingRow> rows;
    while (statement.fetch()) {
        rows.push_back(row);
    }
    std::vector<EndingPaper> ending;
    for (EndingRow& one : rows) {
        ending.push_back(
            {store::present(select_paper(session, town, PaperId{one.id}), "paper that ends"),
             static_cast<int>(one.told), std::move(one.first_day)});
    }
    return ending;
}

std::vector<mail::SiteHelp> select_helps_of(store::Session& session, TownId town, PaperId paper,
                                            std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(paper);
    const std::int64_t at = unix_seconds(now);
    mail::SiteHelp help;
    soci::statement statement =
        (session.sql().prepare
             << std::string("SELECT s.name, s.help_contact, s.help_hours FROM papers p JOIN sites s"
                            " ON s.town_id = p.town_id WHERE p.town_id = :town AND p.id = :paper"
                            " AND EXISTS (SELECT 1") +
                    kRestingOn + ":now" + kOfHolder +
                    " AND b.room_id IN (SELECT m.id FROM rooms m WHERE m.site_id = s.id))"
                    " ORDER BY s.id",
         use(town_id, "town"), use(id, "paper"), use(at, "now"), into(help.site),
         into(help.contact), into(help.hours));
    statement.execute();
    std::vector<mail::SiteHelp> helps;
    while (statement.fetch()) {
        helps.push_back(help);
    }
    return helps;
}

void mark_alerted(store::Session& session, TownId town, PaperId paper, int days,
                  std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(paper);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "INSERT INTO paper_alerts (town_id, paper_id, days, told_at)"
                     " VALUES (:town, :paper, :days, :at)",
        use(town_id), use(id), use(days), use(at);
}

}  // namespace creneau::booking
