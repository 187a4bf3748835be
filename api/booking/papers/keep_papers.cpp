#include "api/booking/papers/keep_papers.hpp"

#include "api/access/access_types.hpp"
#include "api/access/passes.hpp"
#include "api/audit/audit_store.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

void record_paper_line(store::Session& session, TownId town, const Paper& paper,
                       const audit::Line& who) {
    audit::Line line = who;
    if (paper.holder.kind == access::HolderKind::person) {
        line.for_whom = PersonId{paper.holder.id};
    }
    line.subject_kind = "paper";
    line.subject = static_cast<std::int64_t>(paper.id);
    audit::append(session, town, line);
}

audit::Line line_of(PersonId actor, std::chrono::sys_seconds now, std::string_view action) {
    audit::Line line;
    line.at = now;
    line.actor = actor;
    line.action = action;
    return line;
}

/// The affairs of the bookings that a paper could set free, as they are before it is accepted.
Outcome<std::vector<Affair>> held_back(store::Session& session, const AcceptPaper& order,
                                       const Paper& paper) {
    std::vector<Affair> held;
    for (const BookingId booking : select_needing(session, order.town, paper, order.now)) {
        auto affair = open_affair(session, {order.town, order.actor, booking, {}, order.now});
        if (!affair) {
            return tl::unexpected(std::move(affair).error());
        }
        if (lacks_papers(session, *affair)) {
            held.push_back(*std::move(affair));
        }
    }
    return held;
}

/// What was taken away for another reason than a move is not given back by a paper.
bool may_open(store::Session& session, const Affair& affair) {
    const auto passes =
        access::passes_of(session, access_id(affair.town), access_id(affair.booking.id));
    return std::ranges::all_of(passes, [](const access::Pass& pass) {
        return pass.credential.revoked_why == access::RevokeReason::moved;
    });
}

void release(store::Session& session, const Affair& affair) {
    if (lacks_papers(session, affair) || !may_open(session, affair)) {
        return;
    }
    const auto pass = open_doors(session, affair);
    record_by_itself(session, affair, "papers_complete");
    if (affair.booking.series) {
        announce_pass(session, affair, pass);
    } else {
        tell_booker(session, affair, {mail::Template::booking_approved, pass, {}});
    }
}

Outcome<people::Person> keeper_of(store::Session& session, TownId town, PersonId actor) {
    auto person = people::find_person(session, town, actor);
    if (!person || !may_keep_papers(*person)) {
        return refuse(Refusal::not_allowed);
    }
    return *std::move(person);
}

}  // namespace

Outcome<Paper> record_paper(store::Session& session, const RecordPaper& order) {
    const auto keeper = keeper_of(session, order.town, order.actor);
    if (!keeper) {
        return tl::unexpected(keeper.error());
    }
    if (!holder_exists(session, order.town, order.holder)) {
        return refuse(Refusal::unknown_booking);
    }
    if (!order.valid_until.empty() && order.valid_until < order.valid_from) {
        return refuse({Failure{Rule::end_before_start,
                               "valid_until",
                               {"Le dernier jour ne peut pas être avant le premier.",
                                "The last day cannot be before the first."}}});
    }
    Paper paper;
    paper.holder = order.holder;
    paper.kind = order.kind;
    paper.valid_from = order.valid_from;
    paper.valid_until = order.valid_until;
    paper.recorded_at = order.now;
    paper.recorded_by = order.actor;
    paper.id = insert_paper(session, order.town, paper);
    record_paper_line(session, order.town, paper,
                      line_of(order.actor, order.now, "paper_recorded"));
    if (order.accepted) {
        return accept_paper(session, {order.town, order.actor, paper.id, order.now});
    }
    return paper;
}

Outcome<Paper> accept_paper(store::Session& session, const AcceptPaper& order) {
    const auto keeper = keeper_of(session, order.town, order.actor);
    if (!keeper) {
        return tl::unexpected(keeper.error());
    }
    auto paper = select_paper(session, order.town, order.paper);
    if (!paper) {
        return refuse(Refusal::unknown_booking);
    }
    const auto held = held_back(session, order, *paper);
    if (!held) {
        return tl::unexpected(held.error());
    }
    paper->accepted_at = order.now;
    paper->accepted_by = order.actor;
    if (!accept_paper_row(session, order.town, *paper)) {
        return refuse(Refusal::wrong_state);
    }
    record_paper_line(session, order.town, *paper,
                      line_of(order.actor, order.now, "paper_accepted"));
    for (const Affair& affair : *held) {
        release(session, affair);
    }
    return *std::move(paper);
}

Outcome<std::vector<Paper>> list_papers(store::Session& session, TownId town,
                                        const people::Person& reader,
                                        const access::Holder& holder) {
    if (!may_see_papers(reader, holder) || !holder_exists(session, town, holder)) {
        return refuse(Refusal::unknown_booking);
    }
    return select_papers(session, town, holder);
}

}  // namespace creneau::booking
