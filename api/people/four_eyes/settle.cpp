#include "api/people/four_eyes/settle.hpp"

#include "api/people/four_eyes/confirmation_store.hpp"
#include "api/people/four_eyes/tell_administrators.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/roles/administrator_rules.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/people/security_log.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

bool has_two_settled(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    return std::ranges::count_if(select_administrators(session, town),
                                 [&](const AdministratorStay& one) {
                                     const auto person = find_person(session, town, one.person);
                                     return person && person->is_active(now) &&
                                            is_settled(session, town, one.person, now);
                                 }) >= 2;
}

}  // namespace

tl::expected<PersonId, SettleFault> settle(store::Session& session, TownId town,
                                           const std::string& email, std::chrono::sys_seconds now) {
    const auto person = find_person_by_email(session, town, email);
    if (!person || !is_watched(*person)) {
        return tl::unexpected(SettleFault::unknown);
    }
    if (has_two_settled(session, town, now)) {
        return tl::unexpected(SettleFault::not_needed);
    }
    mark_settled(session, town, person->id);
    log_security(session, town,
                 {.action = "counts_at_once",
                  .actor = {},
                  .about = person->id,
                  .at = now,
                  .ground = "command_line"});
    tell_administrators(session, town, person->id, now);
    return person->id;
}

}  // namespace creneau::people
