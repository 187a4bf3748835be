#include "api/people/four_eyes/four_eyes.hpp"

#include "api/audit/audit_store.hpp"
#include "api/people/four_eyes/confirmation_store.hpp"
#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/ids.hpp"
#include "api/people/organisations/person_record_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

struct Step {
    TownId town{};
    PersonId actor{};
    std::string_view action;
    std::chrono::sys_seconds at;
};

void record(store::Session& session, const Step& step, const Confirmation& about) {
    audit::append(session, step.town,
                  {.at = step.at,
                   .actor = step.actor,
                   .for_whom = about.subject,
                   .action = step.action,
                   .subject_kind = "confirmation",
                   .subject = store::raw(about.id),
                   .ground = word_of(about.kind),
                   .log = audit::Log::security});
}

bool is_entitled(store::Session& session, TownId town, PersonId id, ConfirmedKind kind) {
    const auto person = find_person(session, town, id);
    return person && may_ask_confirmation(*person, kind);
}

/// What stands in the way of using it.
std::optional<FourEyesFault> fault_of(store::Session& session, const UseConfirmation& order,
                                      const Confirmation& found) {
    if (found.kind != order.kind || found.subject != order.subject ||
        order.actor != found.asked_by) {
        return FourEyesFault::unknown;
    }
    if (found.used_at && !(order.goes_on && order.now - *found.used_at < kUseGoesOn)) {
        return FourEyesFault::used;
    }
    if (found.ends_at <= order.now) {
        return FourEyesFault::over;
    }
    if (!found.confirmed_by) {
        return FourEyesFault::not_confirmed;
    }
    for (const PersonId person : {found.asked_by, *found.confirmed_by}) {
        if (!is_entitled(session, order.town, person, found.kind)) {
            return FourEyesFault::not_allowed;
        }
    }
    return std::nullopt;
}

}  // namespace

tl::expected<Confirmation, FourEyesFault> ask_confirmation(store::Session& session,
                                                           const AskConfirmation& order) {
    if (!is_entitled(session, order.town, order.actor, order.kind)) {
        return tl::unexpected(FourEyesFault::not_allowed);
    }
    if (!is_known_person(session, order.town, order.subject)) {
        return tl::unexpected(FourEyesFault::unknown_subject);
    }
    Confirmation asked;
    asked.kind = order.kind;
    asked.subject = order.subject;
    asked.asked_by = order.actor;
    asked.asked_at = order.now;
    asked.ends_at = order.now + kConfirmationServes;
    asked.id = insert_confirmation(session, order.town, asked);
    record(session, {order.town, order.actor, "confirmation_asked", order.now}, asked);
    return asked;
}

tl::expected<Confirmation, FourEyesFault> confirm_request(store::Session& session,
                                                          const ConfirmRequest& order) {
    const auto found = select_confirmation(session, order.town, order.id);
    if (!found) {
        return tl::unexpected(FourEyesFault::unknown);
    }
    if (!is_entitled(session, order.town, order.actor, found->kind)) {
        return tl::unexpected(FourEyesFault::not_allowed);
    }
    if (found->asked_by == order.actor) {
        return tl::unexpected(FourEyesFault::own_request);
    }
    if (found->ends_at <= order.now) {
        return tl::unexpected(FourEyesFault::over);
    }
    if (!mark_confirmed(session, order.town, order.id, order.actor, order.now)) {
        return tl::unexpected(FourEyesFault::already_confirmed);
    }
    record(session, {order.town, order.actor, "confirmation_given", order.now}, *found);
    return store::present(select_confirmation(session, order.town, order.id), "confirmation");
}

tl::expected<Confirmation, FourEyesFault> use_confirmation(store::Session& session,
                                                           const UseConfirmation& order) {
    const auto found = select_confirmation(session, order.town, order.id);
    if (!found) {
        return tl::unexpected(FourEyesFault::unknown);
    }
    if (const auto fault = fault_of(session, order, *found)) {
        return tl::unexpected(*fault);
    }
    if (found->used_at) {
        return *found;
    }
    if (!mark_used(session, order.town, order.id, order.now)) {
        return tl::unexpected(FourEyesFault::used);
    }
    record(session, {order.town, order.actor, "confirmation_used", order.now}, *found);
    return *found;
}

}  // namespace creneau::people
