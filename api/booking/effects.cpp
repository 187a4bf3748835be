#include "api/booking/effects.hpp"

#include "api/access/access_rules.hpp"
#include "api/access/access_types.hpp"
#include "api/access/passes.hpp"
#include "api/audit/audit_store.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/grounds.hpp"
#include "api/booking/lapses/lapse_ground.hpp"
#include "api/booking/legal/legal_effects.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/reason_store.hpp"
#include "api/booking/release/release_store.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/booking/subscriptions/inform_services.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

std::string date_of(std::string_view local_time) {
    return std::string(local_time.substr(0, kDateLength));
}

std::vector<access::WayIn> ways_that_day(store::Session& session, const Affair& affair) {
    return access::ways_on(ways_into(session, affair.town, affair.booking.room),
                           date_of(affair.booking.slot.local_start));
}

void add_place(mail::BookingFacts& facts, const Place& place) {
    facts.room = place.room.name;
    facts.site = place.site.name;
    facts.site_address = place.site.address;
    facts.time_zone = place.site.time_zone;
    facts.help_contact = place.site.help_contact;
    facts.help_hours = place.site.help_hours;
    facts.town = place.town.name;
    facts.service = place.town.service;
    facts.town_email = place.town.email;
    facts.town_phone = place.town.phone;
}

void add_booking(mail::BookingFacts& facts, const Booking& booking) {
    facts.booking_id = static_cast<std::int64_t>(booking.id);
    facts.status = word_of(booking.status);
    facts.local_start = booking.slot.local_start;
    facts.local_end = booking.slot.local_end;
    facts.start_at = booking.slot.at.start.time_since_epoch().count();
    facts.end_at = booking.slot.at.end.time_since_epoch().count();
    facts.purpose = booking.purpose;
    facts.attendees = booking.attendees;
    facts.sequence = booking.sequence;
}

void add_ground(mail::BookingFacts& facts, const Booking& booking) {
    const auto list =
        booking.status == Status::refused ? refusal_grounds() : cancellation_grounds();
    facts.ground = booking.ground;
    facts.ground_text = booking.ground_text;
    const Ground* ground = find_ground(list, booking.ground);
    if (booking.ground == lapse_ground().code) {
        ground = &lapse_ground();
    }
    if (ground != nullptr) {
        facts.ground_fr = ground->label_fr;
        facts.ground_en = ground->label_en;
    }
}

/// How to get in. Without a pass, "hold your code before the reader" is no way in.
void add_ways(mail::BookingFacts& facts, const std::vector<access::WayIn>& ways, bool without_qr) {
    for (const access::WayIn& way : ways) {
        if (!(without_qr && way.way == access::Way::qr)) {
            facts.ways_in.push_back(
                {std::string(access::word_of(way.way)), way.note_fr, way.note_en});
        }
    }
}

void add_doors(store::Session& session, const Affair& affair, mail::BookingFacts& facts) {
    const Room& room = affair.place.room;
    if (!room.zone) {
        return;
    }
    for (const auto& door : access::doors_of(session, access_id(affair.town), *room.zone)) {
        facts.doors.push_back(door.name);
    }
    if (affair.booking.status == Status::approved) {
        const Interval window = window_of(room, affair.booking.slot.at);
        facts.window_start_local = local_time_of(window.start, room.time_zone);
        facts.window_end_local = local_time_of(window.end, room.time_zone);
    }
}

std::vector<PaperKind> papers_missing_of(store::Session& session, const Affair& affair) {
    return missing_papers(session, affair.town, affair.booking, affair.place.rules.papers);
}

bool awaits_papers(Status status) {
    return status == Status::pending || status == Status::approved;
}

void add_papers(store::Session& session, const Affair& affair, mail::BookingFacts& facts) {
    if (!awaits_papers(affair.booking.status)) {
        return;
    }
    for (const PaperKind kind : papers_missing_of(session, affair)) {
        const Sentence name = name_of(kind);
        facts.missing_papers.push_back({{name.fr, name.en}, {}});
    }
}

/// Whether a code opens the way to it, also where papers hold that code back.
bool gets_code(store::Session& session, const Affair& affair) {
    const auto grant = grant_of(affair);
    return grant && qr_opens(session, affair, *grant);
}

/// The answer to a request says who made it. What a round gave has none: the office booked it.
bool says_who_asked(const Affair& affair, mail::Template name) {
    return name == mail::Template::booking_received || name == mail::Template::series_received ||
           name == mail::Template::wait_joined ||
           (name == mail::Template::booking_approved && !affair.booking.series);
}

/// The office's service where one of it asked for somebody else.
std::string asked_by(store::Session& session, const Affair& affair) {
    const Booking& booking = affair.booking;
    if (booking.requested_by == PersonId{} || booking.requested_by == booking.booker) {
        return {};
    }
    const auto asker = people::find_person(session, affair.town, booking.requested_by);
    const bool is_own = asker && booking.association && asker->manages(*booking.association);
    return asker && !is_own && is_office(*asker, booking.room) ? affair.place.town.service : "";
}

mail::BookingFacts facts_of(store::Session& session, const Affair& affair, const Notice& notice) {
    mail::BookingFacts facts;
    add_place(facts, affair.place);
    add_booking(facts, affair.booking);
    facts.received_on =
        date_of(local_time_of(received_at(affair, notice.name), affair.place.site.time_zone));
    add_ground(facts, affair.booking);
    if (mail::tells_the_way_in(notice.name)) {
        add_doors(session, affair, facts);
        add_ways(facts, ways_that_day(session, affair),
                 affair.booking.status == Status::approved && !notice.pass);
    } else if (mail::tells_the_way_into_series(notice.name)) {
        add_ways(facts, ways_that_day(session, affair), !gets_code(session, affair));
    }
    facts.booker = affair.booker_name;
    if (says_who_asked(affair, notice.name)) {
        facts.asked_by = asked_by(session, affair);
    }
    facts.association = affair.association_name;
    if (notice.pass) {
        facts.pass_number = notice.pass->number;
    }
    if (notice.former) {
        facts.previous =
            mail::FormerSlot{std::string(notice.former->room), notice.former->slot.local_start,
                             notice.former->slot.local_end};
    }
    facts.series = notice.series;
    facts.missing_papers = notice.missing_papers;
    if (!notice.series) {
        add_papers(session, affair, facts);
    }
    facts.closure = notice.closure;
    facts.hold = notice.hold;
    facts.wait = notice.wait;
    facts.legal = legal_facts_of(affair, notice.name);
    return facts;
}

audit::Line line_about(const Affair& affair, std::string_view action) {
    audit::Line line;
    line.at = affair.now;
    line.action = action;
    line.subject_kind = "booking";
    line.subject = static_cast<std::int64_t>(affair.booking.id);
    line.ground = affair.booking.ground;
    return line;
}

/// Whether its individual has an account that is open: who departed gets no code by themselves.
bool is_there(store::Session& session, const Affair& affair) {
    const auto booker = people::find_person(session, affair.town, affair.booking.booker);
    return booker && booker->is_active(affair.now);
}

/// The window of an approved booking, and the codes that `issue` gives; nothing where its slot was
/// given back.
std::optional<access::Pass> open_with(store::Session& session, const Affair& affair,
                                      decltype(&access::issue_pass) issue) {
    const auto grant = grant_of(affair);
    if (!grant || lacks_papers(session, affair) ||
        is_released(session, affair.town, affair.booking)) {
        return std::nullopt;
    }
    access::set_windows(session, *grant);
    if (!affair.booking.association && !is_there(session, affair)) {
        return std::nullopt;
    }
    if (!qr_opens(session, affair, *grant)) {
        return std::nullopt;
    }
    return issue(session, *grant, affair.now);
}

}  // namespace

std::optional<PersonId> reader_of(store::Session& session, const Affair& affair) {
    const auto& association = affair.booking.association;
    if (!association) {
        return affair.booking.booker;
    }
    const auto managers = managers_of(session, affair.town, *association);
    if (managers.empty()) {
        return std::nullopt;
    }
    const auto found = std::ranges::find(managers, affair.booking.booker);
    return found == managers.end() ? managers.front() : *found;
}

std::optional<access::Grant> grant_of(const Affair& affair) {
    const Room& room = affair.place.room;
    if (!room.zone) {
        return std::nullopt;
    }
    return access::Grant{access_id(affair.town), access_id(affair.booking.id),
                         holder_of(affair.booking), *room.zone,
                         window_of(room, affair.booking.slot.at)};
}

bool qr_opens(store::Session& session, const Affair& affair, const access::Grant& grant) {
    return access::can_issue_pass(access::doors_of(session, grant.town, grant.zone),
                                  ways_that_day(session, affair), grant.window);
}

bool lacks_papers(store::Session& session, const Affair& affair) {
    return !papers_missing_of(session, affair).empty();
}

std::optional<access::Pass> open_doors(store::Session& session, const Affair& affair) {
    return open_with(session, affair, access::issue_pass);
}

std::optional<access::Pass> open_held_back(store::Session& session, const Affair& affair) {
    return open_with(session, affair, access::issue_held_back);
}

void close_doors(store::Session& session, const Affair& affair, access::RevokeReason why) {
    const auto town = access_id(affair.town);
    const auto booking = access_id(affair.booking.id);
    access::clear_windows(session, town, booking);
    access::revoke_passes_of(session, town, booking, {affair.now, why});
}

std::int64_t mail_to_holder(store::Session& session, const Affair& affair, const access::Pass& pass,
                            const std::string& address) {
    Notice notice{mail::Template::pass_handed, pass, {}};
    mail::BookingFacts facts = facts_of(session, affair, notice);
    // Of the booking a member needs to know when and where, not who asked for it and what for.
    facts.booker = affair.association_name;
    facts.purpose.clear();
    mail::NewMail mail;
    mail.town_id = static_cast<std::int64_t>(affair.town);
    mail.template_word = mail::word_of(notice.name);
    mail.person_id = static_cast<std::int64_t>(affair.actor.id);
    mail.booking_id = static_cast<std::int64_t>(affair.booking.id);
    mail.credential_id = static_cast<std::int64_t>(pass.credential.row);
    mail.facts = mail::to_json(facts);
    mail.passing_address = address;
    mail.now = affair.now;
    return mail::add_to_outbox(session, mail);
}

void tell_booker(store::Session& session, const Affair& affair, const Notice& notice) {
    mail::NewMail mail;
    mail.town_id = static_cast<std::int64_t>(affair.town);
    mail.template_word = mail::word_of(notice.name);
    const auto reader = reader_of(session, affair);
    mail.person_id = static_cast<std::int64_t>(reader.value_or(affair.booking.booker));
    if (notice.hold || notice.wait) {
        mail.room_id = static_cast<std::int64_t>(affair.booking.room);
    } else if (!notice.series) {
        mail.booking_id = static_cast<std::int64_t>(affair.booking.id);
    }
    if (notice.series) {
        mail.series_id = notice.series->series_id;
    }
    if (notice.pass && reader) {
        mail.credential_id = static_cast<std::int64_t>(notice.pass->credential.row);
    }
    const mail::BookingFacts facts = facts_of(session, affair, notice);
    mail.facts = mail::to_json(facts);
    mail.now = affair.now;
    mail.due = notice.due;
    mail.needed_by = notice.answer_by.value_or(affair.booking.slot.at.start);
    if (*mail.needed_by <= affair.now) {
        mail.needed_by.reset();  // it is over: no letter can be late
    }
    mail::add_to_outbox(session, mail);
    const auto change = change_in(notice.name);
    if (change && notice.to_services && !notice.series) {
        LeftPlaces left;
        if (notice.former && facts.previous) {
            left[affair.booking.id] = {notice.former->room_id, *facts.previous};
        }
        inform_services(session, *change, {affair}, left);
    }
}

void record(store::Session& session, const Affair& affair, std::string_view action) {
    audit::Line line = line_about(affair, action);
    line.actor = affair.actor.id;
    if (affair.in_place_of) {
        line.for_whom = affair.in_place_of;
    } else if (affair.actor.id != affair.booking.booker) {
        line.for_whom = affair.booking.booker;
    }
    audit::append(session, affair.town, line);
}

void record_override(store::Session& session, const Affair& affair, std::string_view reason) {
    if (reason.empty() ||
        check_soft(session, affair.town, affair.booking, affair.place.rules, affair.now).empty()) {
        return;
    }
    audit::Line line = line_about(affair, "buffers_overridden");
    line.actor = affair.actor.id;
    line.ground = {};
    audit::append(session, affair.town, line);
    keep_reason(session, affair.town,
                {line.subject_kind, line.subject, line.action, line.at, line.actor}, reason);
}

void record_by_itself(store::Session& session, const Affair& affair, std::string_view action) {
    audit::append(session, affair.town, line_about(affair, action));
}

}  // namespace creneau::booking
