#include "api/booking/papers/keep_papers.hpp"

#include "api/access/access_rules.hpp"
#include "api/access/access_types.hpp"
#include "api/access/passes.hpp"
#include "api/audit/audit_store.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/feeds/feed_store.hpp"
#include "api/booking/papers/paper_rules.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
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

/// A booking that has no pass yet, or one that only a move took away: a paper gives back no other.
bool may_open(store::Session& session, const Affair& affair) {
    const auto passes =
        access::passes_of(session, access_id(affair.town), access_id(affair.booking.id));
    return passes.empty() || std::ranges::any_of(passes, [](const access::Pass& pass) {
               return access::awaits_code(pass.credential);
           });
}

/// Dates of series that opened without a pass, whose code would have told of it.
using Untold = std::map<SeriesId, std::vector<Affair>>;

/// The services were told when it was approved.
void release(store::Session& session, const Affair& affair, Untold& untold) {
    if (lacks_papers(session, affair) || !may_open(session, affair)) {
        return;
    }
    const auto pass = open_held_back(session, affair);
    record_by_itself(session, affair, "papers_complete");
    if (!affair.booking.series) {
        Notice notice{mail::Template::booking_approved, pass, {}};
        notice.to_services = false;
        tell_booker(session, affair, notice);
    } else if (pass) {
        announce_pass(session, affair, pass);
    } else {
        untold[*affair.booking.series].push_back(affair);
    }
}

std::vector<Failure> failures_of(store::Session& session, const RecordPaper& order) {
    std::vector<Failure> failures;
    if (!order.valid_until.empty() && order.valid_until < order.valid_from) {
        failures.push_back({Rule::end_before_start,
                            "valid_until",
                            {"Le dernier jour ne peut pas être avant le premier.",
                             "The last day cannot be before the first."}});
    }
    if (order.kind == PaperKind::declaration && order.reference.empty()) {
        failures.push_back({Rule::reference_missing,
                            "reference",
                            {"Indiquez le numéro de la déclaration, par exemple W931234567.",
                             "Give the number of the declaration, for example W931234567."}});
    }
    if (count_waiting(session, order.town, order.holder) >= kMostWaiting) {
        const auto most = std::to_string(kMostWaiting);
        failures.push_back({Rule::too_many_papers,
                            "",
                            {most + " documents attendent déjà d’être acceptés : attendez que le "
                                    "service en ait accepté un.",
                             most + " papers wait to be accepted already: wait until the office "
                                    "has accepted one."}});
    }
    return failures;
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
    const auto person = people::find_person(session, order.town, order.actor);
    if (!person || (order.accepted && !may_keep_papers(*person))) {
        return refuse(Refusal::not_allowed);
    }
    const bool restricted = is_restricted(session, order.town, order.holder);
    if (!may_hand_in(*person, order.holder, restricted) ||
        !holder_exists(session, order.town, order.holder)) {
        return refuse(Refusal::unknown_booking);
    }
    if (auto failures = failures_of(session, order); !failures.empty()) {
        return refuse(std::move(failures));
    }
    Paper paper;
    paper.reference = order.reference;
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
        return accept_paper(session, {order.town, order.actor, paper.id, order.now, {}});
    }
    return paper;
}

Outcome<Paper> accept_paper(store::Session& session, const AcceptPaper& order) {
    const auto keeper = keeper_of(session, order.town, order.actor);
    if (!keeper) {
        return tl::unexpected(keeper.error());
    }
    auto paper = select_paper(session, order.town, order.paper);
    if (!paper || !may_see_papers(*keeper, paper->holder,
                                  is_restricted(session, order.town, paper->holder))) {
        return refuse(Refusal::unknown_booking);
    }
    if (paper->accepted_at) {
        return refuse(Refusal::wrong_state);
    }
    if (order.file_digest != (paper->file ? paper->file->digest : std::string())) {
        return refuse(Refusal::stale);
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
    Untold untold;
    for (const Affair& affair : *held) {
        release(session, affair, untold);
    }
    for (const auto& [series, dates] : untold) {
        tell_booker_of_open_dates(session, dates);
    }
    return *std::move(paper);
}

Outcome<std::vector<Paper>> list_papers(store::Session& session, const people::Person& reader,
                                        const ListPapers& order) {
    if (!may_see_papers(reader, order.holder, is_restricted(session, order.town, order.holder)) ||
        !holder_exists(session, order.town, order.holder)) {
        return refuse(Refusal::unknown_booking);
    }
    return select_page(session, order.town, order.holder, order.page);
}

Outcome<std::vector<Paper>> list_expiring(store::Session& session, const people::Person& reader,
                                          const ListExpiring& order) {
    if (!may_keep_papers(reader)) {
        return refuse(Refusal::not_allowed);
    }
    const auto today = local_date_of(order.now, select_town_clock(session, order.town).time_zone);
    const auto last = plus_days(today, static_cast<int>(order.within.count()));
    return select_expiring(session, order.town,
                           {text_of(today), text_of(last), people::may_use_data(reader, true)},
                           order.page);
}

}  // namespace creneau::booking
