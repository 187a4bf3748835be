#include "api/http/command_routes.hpp"

#include "api/access/commands/command_rules.hpp"
#include "api/access/commands/command_types.hpp"
#include "api/access/commands/order_command.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/http/fields.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/sign_in_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;
using Answered = tl::expected<Response, Response>;

constexpr std::size_t kLongestGround = 40;

json to_json(const access::DoorCommand& command, std::chrono::sys_seconds now) {
    return {{"id", static_cast<std::int64_t>(command.id)},
            {"door_id", static_cast<std::int64_t>(command.door)},
            {"ground", command.ground},
            {"free_access_until", command.end ? json(to_rfc3339(*command.end)) : json(nullptr)},
            {"state", access::word_of(access::state_of(command, now))},
            {"asked_at", to_rfc3339(command.asked_at)},
            {"offered_to", to_rfc3339(command.offered_to)},
            {"taken_at", command.taken_at ? json(to_rfc3339(*command.taken_at)) : json(nullptr)}};
}

Step order(const Request& request, const access::OrderCommand& order) {
    if (!has_fresh_proof(request)) {
        return proof_needed(request);
    }
    return Work([request, order](store::Session& session) -> Answered {
        const auto ordered = access::order_command(session, order);
        return ordered ? Answered(json_response(202, to_json(*ordered, request.now)))
                       : tl::unexpected(refused(request, ordered.error()));
    });
}

Step open_door(const Request& request) {
    auto fields = Fields::of_body(request);
    const access::OrderCommand open{actor_of(request),
                                    access::DoorId{request.number("id")},
                                    {fields.text("ground", kLongestGround), {}}};
    return fields.ok() ? order(request, open) : Step(fields.problem());
}

Step free_access(const Request& request) {
    auto fields = Fields::of_body(request);
    access::OrderCommand free{actor_of(request), access::DoorId{request.number("id")}, {}};
    free.wish.ground = fields.text("ground", kLongestGround);
    free.wish.end = fields.instant("until");
    return fields.ok() ? order(request, free) : Step(fields.problem());
}

Response show(const Request& request, store::Session& session) {
    const auto command = access::show_command(session, request.town, request.signed_in(),
                                              access::CommandId{request.number("id")});
    return command ? json_response(200, to_json(*command, request.now))
                   : refused(request, command.error());
}

}  // namespace

void add_command_routes(Routes& routes) {
    routes.create("/api/v1/doors/:id/open", open_door);
    routes.create("/api/v1/doors/:id/free-access", free_access);
    routes.read("GET", "/api/v1/door-commands/:id", show);
}

}  // namespace creneau::http
