#include "api/booking/series/series_effects.hpp"

#include "api/access/access_types.hpp"
#include "api/audit/audit_store.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/letter_time_store.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/subscriptions/inform_services.hpp"
#include "api/mail/facts.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

// As many different sentences as surely fit a mail's facts.
constexpr std::size_t kMostReasons = 20;

/// The place of a sentence on the list, which grows when it is new. A list that is full says of
/// all further ones that they are others.
std::size_t place_of(std::vector<mail::Words>& reasons, const Sentence& sentence) {
    const mail::Words words =
        reasons.size() < kMostReasons - 1
            ? mail::Words{sentence.fr, sentence.en}
            : mail::Words{"Une autre règle ne le permet pas.", "Another rule does not allow it."};
    const auto found = std::ranges::find(reasons, mail::Words{sentence.fr, sentence.en});
    const auto at = found == reasons.end() ? std::ranges::find(reasons, words) : found;
    const auto place = static_cast<std::size_t>(at - reasons.begin());
    if (place == reasons.size()) {
        reasons.push_back(words);
    }
    return place;
}

mail::SeriesFacts facts_of(const std::vector<Affair>& changed,
                           const std::vector<MissedDate>& missed) {
    mail::SeriesFacts facts;
    facts.series_id = static_cast<std::int64_t>(
        store::present(changed.front().booking.series, "series of an occurrence"));
    for (const Affair& affair : changed) {
        const Slot& slot = affair.booking.slot;
        facts.dates.emplace_back(slot.local_start, slot.local_end);
    }
    for (const MissedDate& date : missed) {
        mail::MissedSlot slot{date.local_start, date.local_end, {}};
        for (const MissedReason& reason : date.reasons) {
            slot.reasons.push_back(place_of(facts.reasons, reason.detail));
        }
        facts.missed.push_back(std::move(slot));
    }
    return facts;
}

/// What is missing of the dates that are still to be entered.
std::vector<mail::MissingPaper> papers_of(store::Session& session,
                                          const std::vector<Affair>& changed) {
    std::vector<Booking> bookings;
    for (const Affair& affair : changed) {
        if (affair.booking.status == Status::pending || affair.booking.status == Status::approved) {
            bookings.push_back(affair.booking);
        }
    }
    std::vector<mail::MissingPaper> papers;
    for (const MissingFrom& missing : missing_papers(session, changed.front().town, bookings)) {
        const Sentence name = name_of(missing.kind);
        papers.push_back({{name.fr, name.en}, missing.is_first_slot ? "" : missing.date});
    }
    return papers;
}

void tell_booker_alone(store::Session& session, mail::Template name,
                       const std::vector<Affair>& changed, const std::vector<MissedDate>& missed,
                       const std::optional<mail::ClosureFacts>& closure) {
    Notice notice{name, {}, {}, facts_of(changed, missed), {}, papers_of(session, changed)};
    notice.closure = closure;
    tell_booker(session, changed.front(), notice);
}

/// Dates that are given and dates that await an answer read differently: a mail for each.
void tell_by_status(store::Session& session, mail::Template name,
                    const std::vector<Affair>& changed, const std::vector<MissedDate>& missed) {
    std::vector<Affair> given;
    std::vector<Affair> asked;
    for (const Affair& affair : changed) {
        (affair.booking.status == Status::pending ? asked : given).push_back(affair);
    }
    if (!given.empty()) {
        tell_booker_alone(session, name, given, missed, {});
    }
    if (!asked.empty()) {
        tell_booker_alone(session, name, asked, given.empty() ? missed : std::vector<MissedDate>(),
                          {});
    }
}

}  // namespace

void announce_pass(store::Session& session, const Affair& affair,
                   const std::optional<access::Pass>& pass) {
    if (!pass) {
        return;
    }
    Notice notice{mail::Template::pass_ready, pass, {}, {}, {}};
    const auto ahead =
        affair.place.town.pass_ahead + letter_time(session, affair.town, affair.booking.booker);
    notice.due = std::max(affair.now, affair.booking.slot.at.start - ahead);
    tell_booker(session, affair, notice);
}

void tell_booker_of_series(store::Session& session, mail::Template name,
                           const std::vector<Affair>& changed,
                           const std::vector<MissedDate>& missed,
                           const std::optional<mail::ClosureFacts>& closure) {
    tell_booker_alone(session, name, changed, missed, closure);
    if (const auto change = change_in(name)) {
        inform_services(session, *change, changed);
    }
}

void tell_booker_of_open_dates(store::Session& session, const std::vector<Affair>& dates) {
    tell_booker_alone(session, mail::Template::series_approved, dates, {}, {});
}

void tell_of_moved_dates(store::Session& session, const std::vector<Affair>& changed,
                         const std::vector<MissedDate>& missed, const LeftPlaces& left) {
    tell_by_status(session, mail::Template::series_moved, changed, missed);
    inform_services(session, BookingChange::moved, changed, left);
}

void tell_of_retimed_dates(store::Session& session, const std::vector<Affair>& changed) {
    tell_by_status(session, mail::Template::series_retimed, changed, {});
}

void record_series(store::Session& session, const Affair& affair, std::string_view action) {
    audit::Line line;
    line.at = affair.now;
    line.actor = affair.actor.id;
    if (affair.in_place_of) {
        line.for_whom = affair.in_place_of;
    } else if (affair.actor.id != affair.booking.booker) {
        line.for_whom = affair.booking.booker;
    }
    line.action = action;
    line.subject_kind = "series";
    line.subject =
        static_cast<std::int64_t>(store::present(affair.booking.series, "series of an occurrence"));
    line.ground = affair.booking.ground;
    audit::append(session, affair.town, line);
}

}  // namespace creneau::booking
