#include "api/access/commands/command_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/commands/command_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::access {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

/// The columns of a command, and where they land. Ids and instants of ours are positive: 0 stands
/// for NULL.
struct CommandColumns {
    static constexpr auto kNames =
        "SELECT c.id, c.agent_id, c.door_id, d.key, c.ground, COALESCE(c.end_at, 0), c.asked_at,"
        " c.offered_to, COALESCE(c.taken_at, 0) FROM door_commands c"
        " JOIN doors d ON d.id = c.door_id JOIN door_agents a ON a.id = c.agent_id"
        " WHERE c.town_id = :town";

    std::int64_t id = 0, agent = 0, door = 0, end = 0, asked = 0, offered = 0, taken = 0;
    std::string key, ground;

    void bind(soci::statement& statement) {
        for (auto* column : {&id, &agent, &door}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(key));
        statement.exchange(into(ground));
        for (auto* column : {&end, &asked, &offered, &taken}) {
            statement.exchange(into(*column));
        }
    }

    [[nodiscard]] DoorCommand command() const {
        return {CommandId{id},
                AgentId{agent},
                DoorId{door},
                key,
                ground,
                end == 0 ? std::nullopt : std::optional(instant(end)),
                instant(asked),
                instant(offered),
                taken == 0 ? std::nullopt : std::optional(instant(taken))};
    }
};

/// Of a door that nobody has disabled or locked down since.
constexpr auto kInService =
    " d.enabled = 1 AND d.disabled_at IS NULL AND NOT EXISTS (SELECT 1 FROM lockdowns l"
    " WHERE l.town_id = d.town_id AND l.site_id = d.site_id AND l.ended_at IS NULL)";

template <class... Uses>
std::vector<DoorCommand> commands_where(store::Session& session, const std::string& rest,
                                        const Uses&... uses) {
    CommandColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    (statement.exchange(use(uses)), ...);
    statement.alloc();
    statement.prepare(CommandColumns::kNames + rest);
    statement.define_and_bind();
    statement.execute();
    std::vector<DoorCommand> found;
    while (statement.fetch()) {
        found.push_back(columns.command());
    }
    return found;
}

}  // namespace

CommandId insert_command(store::Session& session, TownId town, const DoorCommand& command,
                         people::PersonId by) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent = raw(command.agent);
    const std::int64_t door = raw(command.door);
    const std::int64_t person = raw(by);
    const std::int64_t asked = unix_seconds(command.asked_at);
    const std::int64_t offered = unix_seconds(command.offered_to);
    auto end = store::Nullable::at(command.end);
    return CommandId{store::insert_row(
        session,
        "INSERT INTO door_commands (town_id, agent_id, door_id, ground, end_at, asked_by_id,"
        " asked_at, offered_to) VALUES (:town, :agent, :door, :ground, :end, :by, :asked,"
        " :offered)",
        use(town_id), use(agent), use(door), use(command.ground), use(end.value, end.there),
        use(person), use(asked), use(offered))};
}

std::optional<DoorCommand> select_command(store::Session& session, TownId town, CommandId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t command = raw(id);
    const auto found = commands_where(session, " AND c.id = :id", town_id, command);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::int64_t count_commands(store::Session& session, TownId town, people::PersonId by,
                            std::chrono::sys_seconds since) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(by);
    const std::int64_t from = unix_seconds(since);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM door_commands WHERE town_id = :town"
                     " AND asked_at > :since AND asked_by_id = :person",
        use(town_id), use(from), use(person), into(count);
    return count;
}

std::vector<DoorCommand> select_offered(store::Session& session, TownId town,
                                        const std::string& agent, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    std::string rest = " AND a.key = :agent AND c.offered_to > :now AND c.taken_at IS NULL AND";
    rest += kInService;
    return commands_where(session, rest + " ORDER BY c.id", town_id, agent, at);
}

bool mark_taken(store::Session& session, TownId town, AgentId agent,
                const CommandQuestion& question, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    const std::int64_t id = raw(question.id);
    const std::int64_t at = unix_seconds(now);
    std::int64_t found = 0;
    session.sql() << "UPDATE door_commands SET taken_at = :at, boot = :boot, nonce = :nonce"
                     " WHERE town_id = :town AND id = :id AND agent_id = :agent"
                     " AND taken_at IS NULL AND offered_to > :now AND EXISTS (SELECT 1 FROM doors d"
                     " WHERE d.id = door_commands.door_id AND d.town_id = door_commands.town_id"
                     " AND"
                  << kInService << ") RETURNING id",
        use(at), use(question.boot), use(question.nonce), use(town_id), use(id), use(agent_id),
        use(at), into(found);
    return session.sql().got_data();
}

}  // namespace creneau::access
