#include "api/booking/holders/holder_store.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

constexpr auto kPast =
    " FROM pass_holders WHERE town_id = :town AND pass_row_id IN (SELECT p.id FROM passes p"
    " JOIN bookings b ON b.id = p.booking_id WHERE b.end_at <= :now)";

}  // namespace

void save_holder(store::Session& session, TownId town, access::PassRow pass, const HolderRow& row) {
    delete_holder(session, town, pass);
    const std::int64_t town_id = raw(town);
    const std::int64_t pass_row = raw(pass);
    std::int64_t mail = row.outbox_id.value_or(0);
    soci::indicator has_mail = row.outbox_id ? soci::i_ok : soci::i_null;
    session.sql() << "INSERT INTO pass_holders (pass_row_id, town_id, name, outbox_id)"
                     " VALUES (:pass, :town, :name, :mail)",
        use(pass_row), use(town_id), use(row.name), use(mail, has_mail);
}

std::optional<HolderRow> select_holder(store::Session& session, TownId town, access::PassRow pass) {
    const std::int64_t town_id = raw(town);
    const std::int64_t pass_row = raw(pass);
    HolderRow row;
    std::int64_t mail = 0;
    session.sql() << "SELECT h.name, COALESCE(h.outbox_id, 0), COALESCE(o.state, '')"
                     " FROM pass_holders h LEFT JOIN outbox o ON o.id = h.outbox_id"
                     " WHERE h.town_id = :town AND h.pass_row_id = :pass",
        use(town_id), use(pass_row), into(row.name), into(mail), into(row.mail_state);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    if (mail != 0) {
        row.outbox_id = mail;
    }
    return row;
}

void delete_holder(store::Session& session, TownId town, access::PassRow pass) {
    const std::int64_t town_id = raw(town);
    const std::int64_t pass_row = raw(pass);
    session.sql() << "DELETE FROM pass_holders WHERE town_id = :town AND pass_row_id = :pass",
        use(town_id), use(pass_row);
}

std::size_t delete_past_holders(store::Session& session, TownId town,
                                std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    soci::statement statement = (session.sql().prepare << std::string("DELETE") + kPast,
                                 use(town_id, "town"), use(at, "now"));
    statement.execute(true);
    return static_cast<std::size_t>(statement.get_affected_rows());
}

bool has_past_holders(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    std::int64_t pass = 0;
    session.sql() << std::string("SELECT pass_row_id") + kPast + " LIMIT 1", use(town_id, "town"),
        use(at, "now"), into(pass);
    return session.sql().got_data();
}

}  // namespace creneau::booking
