#include "api/people/four_eyes/four_eyes.hpp"

#include "api/audit/audit_store.hpp"
#include "api/people/four_eyes/confirmation_store.hpp"
#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/ids.hpp"
#include "api/people/organisations/person_record_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

/// A kind and where its subject is.
struct Wanted {
    ConfirmedKind kind{};
    Scope place;
};

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
                   .for_whom = about.kind == ConfirmedKind::person_export
                                   ? std::optional(PersonId{about.subject})
                                   : std::nullopt,
                   .action = step.action,
                   .subject_kind = "confirmation",
                   .subject = store::raw(about.id),
                   .ground = word_of(about.kind),
                   .log = audit::Log::security});
}

bool is_entitled(store::Session& session, TownId town, PersonId id, const Wanted& wanted) {
    const auto person = find_person(session, town, id);
    return person && may_ask_confirmation(*person, wanted.kind, wanted.place);
}

/// What is wanted, where it still can be.
std::optional<Wanted> wanted_by(store::Session& session, TownId town, const Confirmation& asked) {
    const auto place = select_place(session, town, asked.kind, asked.subject);
    return place ? std::optional(Wanted{asked.kind, *place}) : std::nullopt;
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
    const auto wanted = wanted_by(session, order.town, found);
    if (!wanted) {
        return FourEyesFault::unknown;
    }
    for (const PersonId person : {found.asked_by, *found.confirmed_by}) {
        if (!is_entitled(session, order.town, person, *wanted)) {
            return FourEyesFault::not_allowed;
        }
        if (!is_settled(session, order.town, person, order.now)) {
            return FourEyesFault::not_settled;
        }
    }
    return std::nullopt;
}

}  // namespace

tl::expected<Confirmation, FourEyesFault> ask_confirmation(store::Session& session,
                                                           const AskConfirmation& order) {
    const auto place = select_place(session, order.town, order.kind, order.subject);
    // Who has no right in the whole town learns nothing of what there is.
    if (!is_entitled(session, order.town, order.actor, {order.kind, place.value_or(Scope{})})) {
        return tl::unexpected(FourEyesFault::not_allowed);
    }
    if (!place) {
        return tl::unexpected(FourEyesFault::unknown_subject);
    }
    if (!is_settled(session, order.town, order.actor, order.now)) {
        return tl::unexpected(FourEyesFault::not_settled);
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
    const auto wanted = wanted_by(session, order.town, *found);
    if (!is_entitled(session, order.town, order.actor, wanted.value_or(Wanted{found->kind, {}}))) {
        return tl::unexpected(FourEyesFault::not_allowed);
    }
    if (!wanted) {
        return tl::unexpected(FourEyesFault::over);
    }
    if (found->asked_by == order.actor) {
        return tl::unexpected(FourEyesFault::own_request);
    }
    if (found->ends_at <= order.now) {
        return tl::unexpected(FourEyesFault::over);
    }
    if (!is_settled(session, order.town, order.actor, order.now)) {
        return tl::unexpected(FourEyesFault::not_settled);
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
