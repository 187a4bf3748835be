#include "api/booking/papers/paper_store.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/people/people_store.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
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
    static constexpr auto kSelect =
        "SELECT id, holder_kind, holder_id, kind, reference, valid_from, valid_until, recorded_at,"
        " recorded_by_id, COALESCE(accepted_at, 0), COALESCE(accepted_by_id, 0), file_digest,"
        " file_size, file_type, file_name FROM papers WHERE town_id = :town AND ";

    std::int64_t id = 0, holder_id = 0, recorded_at = 0, recorded_by = 0, accepted_at = 0,
                 accepted_by = 0, file_size = 0;
    std::string holder_kind, kind, reference, from, until, digest, file_type, file_name;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(holder_kind));
        statement.exchange(into(holder_id));
        for (auto* column : {&kind, &reference, &from, &until}) {
            statement.exchange(into(*column));
        }
        for (auto* column : {&recorded_at, &recorded_by, &accepted_at, &accepted_by}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(digest));
        statement.exchange(into(file_size));
        statement.exchange(into(file_type));
        statement.exchange(into(file_name));
    }

    Paper paper() const {
        Paper read;
        read.id = PaperId{id};
        read.holder = {holder_kind == "association" ? access::HolderKind::association
                                                    : access::HolderKind::person,
                       holder_id};
        read.kind = store::present(paper_kind_of(kind), "kind of a paper");
        read.reference = reference;
        read.valid_from = from;
        read.valid_until = until;
        read.recorded_at = instant(recorded_at);
        read.recorded_by = PersonId{recorded_by};
        if (accepted_at != 0) {
            read.accepted_at = instant(accepted_at);
            read.accepted_by = PersonId{accepted_by};
        }
        if (!digest.empty()) {
            read.file =
                PaperFile{digest, file_size,
                          store::present(file_type_of(file_type), "type of a file"), file_name};
        }
        return read;
    }
};

/// The values of a condition, in the order of its places after the town.
using Values = std::vector<std::variant<std::int64_t, std::string>>;

/// Papers by a condition, newest first.
std::vector<Paper> papers_where(store::Session& session, const std::string& condition, TownId town,
                                const Values& values, std::int64_t limit) {
    const std::int64_t town_id = raw(town);
    PaperColumns row;
    soci::statement statement(session.sql());
    row.bind(statement);
    statement.exchange(use(town_id));
    for (const auto& value : values) {
        std::visit([&](const auto& one) { statement.exchange(use(one)); }, value);
    }
    statement.exchange(use(limit));
    statement.alloc();
    statement.prepare(PaperColumns::kSelect + condition + " ORDER BY id DESC LIMIT :limit");
    statement.define_and_bind();
    statement.execute();
    std::vector<Paper> papers;
    while (statement.fetch()) {
        papers.push_back(row.paper());
    }
    return papers;
}

constexpr auto kAll = std::numeric_limits<std::int64_t>::max();

/// Ids are below that.
std::int64_t place_of(const PaperPage& page) {
    return page.before ? raw(*page.before) : kAll;
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

bool is_restricted(store::Session& session, TownId town, const access::Holder& holder) {
    return holder.kind == access::HolderKind::person &&
           people::is_restricted(session, town, PersonId{holder.id});
}

PaperId insert_paper(store::Session& session, TownId town, const Paper& paper) {
    const std::int64_t town_id = raw(town);
    const std::string holder_kind = kind_of(paper.holder);
    const std::string kind(word_of(paper.kind));
    const std::int64_t recorded_at = unix_seconds(paper.recorded_at);
    const std::int64_t recorded_by = raw(paper.recorded_by);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO papers (town_id, holder_kind, holder_id, kind, reference,"
                     " valid_from, valid_until, recorded_at, recorded_by_id) VALUES (:town,"
                     " :holder_kind, :holder, :kind, :reference, :from, :until, :recorded, :by)"
                     " RETURNING id",
        use(town_id), use(holder_kind), use(paper.holder.id), use(kind), use(paper.reference),
        use(paper.valid_from), use(paper.valid_until), use(recorded_at), use(recorded_by), into(id);
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
    auto papers = papers_where(session, "id = :id", town, {raw(paper)}, 1);
    return papers.empty() ? std::nullopt : std::optional(std::move(papers.front()));
}

std::vector<Paper> select_papers(store::Session& session, TownId town,
                                 const access::Holder& holder) {
    return papers_where(session, "holder_id = :holder AND holder_kind = :kind", town,
                        {holder.id, kind_of(holder)}, kAll);
}

std::vector<Paper> select_page(store::Session& session, TownId town, const access::Holder& holder,
                               const PaperPage& page) {
    return papers_where(session, "holder_id = :holder AND holder_kind = :kind AND id < :before",
                        town, {holder.id, kind_of(holder), place_of(page)}, page.limit);
}

std::vector<Paper> select_expiring(store::Session& session, TownId town, const LastDays& days,
                                   const PaperPage& page) {
    std::string condition =
        "accepted_at IS NOT NULL AND valid_until >= :from AND valid_until <= :until"
        " AND id < :before";
    if (!days.restricted) {
        condition +=
            " AND (holder_kind <> 'person' OR NOT EXISTS (SELECT 1 FROM people p"
            " WHERE p.id = papers.holder_id AND p.restricted_at IS NOT NULL))";
    }
    return papers_where(session, condition, town, {days.from, days.until, place_of(page)},
                        page.limit);
}

void set_file(store::Session& session, TownId town, PaperId paper, const PaperFile& file) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(paper);
    const std::string type(word_of(file.type));
    session.sql() << "UPDATE papers SET file_digest = :digest, file_size = :size,"
                     " file_type = :type, file_name = :name WHERE town_id = :town AND id = :id",
        use(file.digest), use(file.size), use(type), use(file.name), use(town_id), use(id);
}

bool is_file_used(store::Session& session, const std::string& digest) {
    std::int64_t id = 0;
    session.sql() << "SELECT id FROM papers WHERE file_digest = :digest LIMIT 1", use(digest),
        into(id);
    return session.sql().got_data();
}

std::vector<FiledPaper> select_filed(store::Session& session, TownId town, PaperId after,
                                     std::int64_t limit) {
    const std::int64_t town_id = raw(town);
    const std::int64_t after_id = raw(after);
    std::int64_t id = 0;
    std::string digest;
    soci::statement statement =
        (session.sql().prepare << "SELECT id, file_digest FROM papers WHERE town_id = :town"
                                  " AND file_digest <> '' AND id > :after ORDER BY id LIMIT :limit",
         use(town_id), use(after_id), use(limit), into(id), into(digest));
    statement.execute();
    std::vector<FiledPaper> filed;
    while (statement.fetch()) {
        filed.push_back({PaperId{id}, digest});
    }
    return filed;
}

std::int64_t count_waiting(store::Session& session, TownId town, const access::Holder& holder) {
    const std::int64_t town_id = raw(town);
    const std::string kind = kind_of(holder);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM papers WHERE town_id = :town AND holder_kind = :kind"
                     " AND holder_id = :holder AND accepted_at IS NULL",
        use(town_id), use(kind), use(holder.id), into(count);
    return count;
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
