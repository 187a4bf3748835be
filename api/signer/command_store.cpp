#include "api/signer/command_store.hpp"

#include "api/signer/hex_text.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"
#include "qr/pass.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::signer {

std::optional<CommandRow> find_command(store::Session& session, qr::TownId town,
                                       std::int64_t command_id) {
    const std::int64_t town_id = static_cast<std::uint32_t>(town);
    std::int64_t end = 0;
    std::int64_t asked = 0;
    std::int64_t driven = 0;
    std::string nonce;
    CommandRow row;
    session.sql() << "SELECT a.key, c.boot, d.key, c.nonce, COALESCE(c.end_at, 0), c.taken_at,"
                     " CASE WHEN d.agent_id = a.id AND a.public_key IS NOT NULL"
                     " AND d.enabled = 1 AND d.disabled_at IS NULL AND NOT EXISTS"
                     " (SELECT 1 FROM lockdowns l WHERE l.town_id = d.town_id"
                     " AND l.site_id = d.site_id AND l.ended_at IS NULL) THEN 1 ELSE 0 END"
                     " FROM door_commands c JOIN door_agents a ON a.id = c.agent_id"
                     " JOIN doors d ON d.id = c.door_id"
                     " WHERE c.town_id = :town AND c.id = :id AND c.taken_at IS NOT NULL",
        soci::use(town_id), soci::use(command_id), soci::into(row.command.agent),
        soci::into(row.command.boot), soci::into(row.command.door), soci::into(nonce),
        soci::into(end), soci::into(asked), soci::into(driven);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    row.command.town = town;
    row.command.id = static_cast<std::uint64_t>(command_id);
    row.command.nonce = bytes_from_hex(nonce).value_or(std::vector<std::uint8_t>());
    if (end != 0) {
        row.command.end = store::instant(end);
    }
    row.asked_at = store::instant(asked);
    row.is_driven = driven != 0;
    return row;
}

}  // namespace creneau::signer
