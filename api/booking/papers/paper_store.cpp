#include "api/booking/papers/paper_store.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

std::string kind_of(const access::Holder& holder) {
    return holder.kind == access::HolderKind::association ? "association" : "person";
}

struct PaperColumns {
    std::int64_t id = 0, holder_id = 0, recorded_at = 0, recorded_by = 0, accepted_at = 0,
                 accepted_by = 0;
    std::string holder_kind, kind, from, until;

    Paper paper() const {
        Paper read;
        read.id = PaperId{id};
        read.holder = {holder_kind == "association" ? access::HolderKind::association
                                                    : access::HolderKind::person,
                       holder_id};
        read.kind = store::present(paper_kind_of(kind), "kind of a paper");
        read.valid_from = from;
        read.valid_until = until;
        read.recorded_at = instant(recorded_at);
        read.recorded_by = PersonId{recorded_by};
        if (accepted_at != 0) {
            read.accepted_at = instant(accepted_at);
            read.accepted_by = PersonId{accepted_by};
        }
        return read;
    }
};

/// Papers by a condition on two numbers and a word, after the town's.
std::vector<Paper> papers_where(store::Session& session, const std::string& condition, TownId town,
                                std::int64_t number, const std::string& word) {
    const std::int64_t town_id = raw(town);
    PaperColumns row;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT id, holder_kind, holder_id, kind, valid_from, valid_until, recorded_at,"
                " recorded_by_id, COALESCE(accepted_at, 0), COALESCE(accepted_by_id, 0)"
                " FROM papers WHERE town_id = :town AND " +
                    condition + " ORDER BY id DESC",
         use(town_id), use(number), use(word), into(row.id), into(row.holder_kind),
         into(row.holder_id), into(row.kind), into(row.from), into(row.until),
         into(row.recorded_at), into(row.recorded_by), into(row.accepted_at),
         into(row.accepted_by));
    statement.execute();
    std::vector<Paper> papers;
    while (statement.fetch()) {
        papers.push_back(row.paper());
    }
    return papers;
}

}  // namespace

std::vector<PaperKind> required_papers(store::Session& session, TownId town, RoomId room) {
    const std::int64_t town_id = raw(town);
    const std::int64_t room_id = raw(room);
    std::string kind;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT kind FROM room_papers WHERE town_id = :town AND room_id = :room",
         use(town_id), use(room_id), into(kind));
    statement.execute();
    std::vector<PaperKind> kinds;
    while (statement.fetch()) {
        kinds.push_back(store::present(paper_kind_of(kind), "kind of a paper"));
    }
    std::ranges::sort(kinds);
    return kinds;
}

bool holder_exists(store::Session& session, TownId town, const access::Holder& holder) {
    const std::int64_t town_id = raw(town);
    std::int64_t found = 0;
    const std::string query =
        holder.kind == access::HolderKind::association
            ? "SELECT COUNT(*) FROM associations WHERE town_id = :town AND id = :id"
            : "SELECT COUNT(*) FROM people WHERE town_id = :town AND id = :id AND enabled = 1";
    session.sql() << query, use(town_id), use(holder.id), into(found);
    return found == 1;
}

PaperId insert_paper(store::Session& session, TownId town, const Paper& paper) {
    const std::int64_t town_id = raw(town);
    const std::string holder_kind = kind_of(paper.holder);
    const std::string kind(word_of(paper.kind));
    const std::int64_t recorded_at = unix_seconds(paper.recorded_at);
    const std::int64_t recorded_by = raw(paper.recorded_by);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO papers (town_id, holder_kind, holder_id, kind, valid_from,"
                     " valid_until, recorded_at, recorded_by_id) VALUES (:town, :holder_kind,"
                     " :holder, :kind, :from, :until, :recorded, :by) RETURNING id",
        use(town_id), use(holder_kind), use(paper.holder.id), use(kind), use(paper.valid_from),
        use(paper.valid_until), use(recorded_at), use(recorded_by), into(id);
    return PaperId{id};
}

bool accept_paper_row(store::Session& session, TownId town, const Paper& accepted) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(accepted.id);
    const std::int64_t at =
        unix_seconds(store::present(accepted.accepted_at, "instant of an acceptance"));
    const std::int64_t by = raw(store::present(accepted.accepted_by, "who accepts"));
    soci::statement statement =
        (session.sql().prepare << "UPDATE papers SET accepted_at = :at, accepted_by_id = :by"
                                  " WHERE town_id = :town AND id = :id AND accepted_at IS NULL",
         use(at), use(by), use(town_id), use(id));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::optional<Paper> select_paper(store::Session& session, TownId town, PaperId paper) {
    auto papers = papers_where(session, "id = :id AND kind <> :none", town, raw(paper), "");
    return papers.empty() ? std::nullopt : std::optional(std::move(papers.front()));
}

std::vector<Paper> select_papers(store::Session& session, TownId town,
                                 const access::Holder& holder) {
    return papers_where(session, "holder_id = :holder AND holder_kind = :kind", town, holder.id,
                        kind_of(holder));
}

std::vector<BookingId> select_needing(store::Session& session, TownId town, const Paper& paper,
                                      std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    const std::string kind(word_of(paper.kind));
    const std::string whose = paper.holder.kind == access::HolderKind::association
                                  ? "b.association_id = :holder"
                                  : "b.booker_id = :holder AND b.association_id IS NULL";
    std::int64_t booking = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT b.id FROM bookings b JOIN room_papers p"
                                  " ON p.room_id = b.room_id AND p.kind = :kind WHERE " +
                                      whose +
                                      " AND b.town_id = :town AND b.status = 'approved'"
                                      " AND b.end_at > :now ORDER BY b.start_at, b.id",
         use(kind), use(paper.holder.id), use(town_id), use(at), into(booking));
    statement.execute();
    std::vector<BookingId> bookings;
    while (statement.fetch()) {
        bookings.push_back(BookingId{booking});
    }
    return bookings;
}

}  // namespace creneau::booking
