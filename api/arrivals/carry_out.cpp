#include "api/arrivals/carry_out.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/passes.hpp"
#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/arrivals/presence_store.hpp"
#include "api/audit/audit_store.hpp"
#include "api/booking/delegations/delegation_store.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/people/account_code_store.hpp"
#include "api/people/organisations/association_store.hpp"
#include "api/people/organisations/pass_on_affairs.hpp"
#include "api/people/organisations/running_affairs_store.hpp"
#include "api/people/person.hpp"
#include "api/people/sessions.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/column.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::arrivals {

namespace {

/// Who goes, and the line of the security log about each thing that ends with them.
class Leaver {
  public:
    Leaver(store::Session& session, TownId town, PersonId person, std::chrono::sys_seconds now)
        : session_(session), town_(town), person_(person), now_(now) {}

    void note(std::string_view action, std::string_view kind, std::int64_t id) const {
        audit::Line line;
        line.at = now_;
        line.for_whom = person_;
        line.action = action;
        line.subject_kind = kind;
        line.subject = id;
        line.ground = "departure";
        line.log = audit::Log::security;
        audit::append(session_, town_, line);
    }

    void close() const {
        people::close_sessions_of(session_, town_, person_);
        people::end_codes(session_, town_, person_, std::nullopt);
        people::delete_tokens_of(session_, town_, person_);
        close_account(session_, town_, person_, now_);
        note("account_closed", "person", store::raw(person_));
    }

    void end_ways_in() const {
        const access::TownId town{store::raw(town_)};
        const access::Holder holder{access::HolderKind::person, store::raw(person_)};
        for (const auto badge : access::revoke_badges_of(session_, town, holder, now_)) {
            note("badge_revoked", "badge", store::raw(badge));
        }
        const access::Revocation revocation{now_, access::RevokeReason::departed};
        for (const auto pass : access::revoke_passes_held_by(session_, town, holder, revocation)) {
            note("pass_revoked", "pass", store::raw(pass));
        }
    }

    void end_rights() const {
        if (take_roles(session_, town_, person_) > 0) {
            note("roles_withdrawn", "person", store::raw(person_));
        }
        for (const auto association : people::select_managed(session_, town_, person_)) {
            (void)people::delete_manager(session_, town_, association, person_);
            note("manager_removed", "association", store::raw(association));
            people::pass_on_affairs(session_, {town_, association, {}, {}, now_});
        }
        end_subscriptions(session_, town_, person_, now_);
        for (const auto delegation : booking::end_delegations_of(session_, town_, person_, now_)) {
            note("delegation_ended", "delegation", store::raw(delegation));
        }
    }

  private:
    store::Session& session_;
    TownId town_;
    PersonId person_;
    std::chrono::sys_seconds now_;
};

void depart(store::Session& session, TownId town, const Movement& movement,
            std::chrono::sys_seconds now) {
    const Leaver leaver(session, town, movement.person.id, now);
    leaver.close();
    leaver.end_ways_in();
    leaver.end_rights();
    end_duties(session, town, movement.person.id, last_day_before(movement.moment.local));
}

/// The line says who announced it by its movement; nobody did what it tells of.
void record(store::Session& session, TownId town, const Movement& movement,
            std::chrono::sys_seconds now) {
    std::string action(word_of(movement.kind));
    action += "_done";
    audit::Line line;
    line.at = now;
    line.for_whom = movement.person.id;
    line.action = action;
    line.subject_kind = "movement";
    line.subject = store::raw(movement.id);
    line.log = audit::Log::security;
    audit::append(session, town, line);
}

/// False where somebody else did it.
bool carry_out(store::Session& session, TownId town, const Movement& movement,
               std::chrono::sys_seconds now) {
    if (!mark_done(session, town, movement.id, now)) {
        return false;
    }
    if (movement.kind == MovementKind::departure) {
        depart(session, town, movement, now);
    }
    record(session, town, movement, now);
    return true;
}

}  // namespace

std::size_t carry_out_due_movements(store::Readers& readers, store::Writer& writer, TownId town,
                                    std::chrono::sys_seconds now) {
    const auto due = readers.read(
        [&](store::Session& session) { return select_to_carry_out(session, town, now); });
    std::size_t done = 0;
    for (const Movement& movement : due) {
        // What is lost is done by the next tick; until then nobody comes in all the same. It may
        // have been corrected or withdrawn since.
        const auto carried = writer.run([&](store::Session& session) -> tl::expected<bool, bool> {
            const auto current = select_movement(session, town, movement.id);
            return current && current->moment.at <= now && carry_out(session, town, *current, now);
        });
        done += carried && carried->value_or(false) ? 1U : 0U;
    }
    return done;
}

}  // namespace creneau::arrivals
