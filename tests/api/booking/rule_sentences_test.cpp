#include "api/booking/buffer_rules.hpp"
#include "api/booking/closures/closure_rules.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/equipment/equipment_rules.hpp"
#include "api/booking/holders/hand_pass.hpp"
#include "api/booking/holds/hold_rules.hpp"
#include "api/booking/papers/keep_papers.hpp"
#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/recurrence_words.hpp"
#include "api/booking/series/request_series.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;

/// What somebody who hits a rule is told to do, in both languages: read by hand, row by row.
struct WayOut {
    Rule rule;
    const char* fr;
    const char* en;
};

constexpr WayOut kWaysOut[] = {
    {Rule::unknown_room, "choisissez-en une", "choose one"},
    {Rule::unknown_booker, "choisissez-en une", "choose one"},
    {Rule::bad_date_time, "Attendu", "Expected"},
    {Rule::end_before_start, "après le début", "after the start"},
    {Rule::no_such_time, "choisissez une fin plus tardive", "choose a later end"},
    {Rule::in_the_past, "choisissez-en un à venir", "choose one to come"},
    {Rule::too_long, "Au plus", "At most"},
    {Rule::over_capacity, "au plus 60", "at most 60"},
    {Rule::too_few_attendees, "Indiquez au moins une", "Say at least one"},
    {Rule::purpose_missing, "Indiquez l'objet", "Say what"},
    {Rule::purpose_too_long, "Au plus", "At most"},
    {Rule::text_too_long, "Au plus", "At most"},
    {Rule::bad_text, "Attendu", "Expected"},
    {Rule::not_a_manager, "Seule une personne qui gère", "Only a manager"},
    {Rule::may_not_book, "demandez-le au service", "ask the office"},
    {Rule::individuals_may_not_book, "réservée aux associations", "for associations"},
    {Rule::unknown_ground, "choisissez-en un", "choose one"},
    {Rule::text_needed, "écrivez-la", "write one"},
    {Rule::room_taken, "choisissez-en un autre", "choose another"},
    {Rule::outside_opening_hours, "10:00", "10:00"},
    {Rule::notice_too_short, "au moins 2 h", "at least 2 h"},
    {Rule::notice_too_long, "au plus tôt 30 jours", "at most 30 days"},
    {Rule::too_short, "Au moins 1 h", "At least 1 h"},
    {Rule::off_grid, "multiple de 15 minutes", "multiple of 15 minutes"},
    {Rule::unknown_layout, "conference", "conference"},
    {Rule::association_may_not_book, "peuvent aussi réserver", "these may book too"},
    {Rule::residents_first, "s'ouvre à tous", "opens to everybody"},
    {Rule::buffer_taken, "commencez 20 minutes plus tard", "start 20 minutes later"},
    {Rule::may_not_override, "laissez ce champ vide", "leave this field empty"},
    {Rule::quota_exceeded, "il reste", "left"},
    {Rule::bad_recurrence, "terminez-la plus tôt", "end it earlier"},
    {Rule::date_left_out, "ne l'écartez pas", "do not leave it out"},
    {Rule::public_holiday, "demandez cette date à part", "ask for this date alone"},
    {Rule::school_holiday, "demandez cette date à part", "ask for this date alone"},
    {Rule::calendar_unknown, "Choisissez une date connue", "Choose a known date"},
    {Rule::overlaps_itself, "avant que la suivante", "before the next one"},
    {Rule::may_not_replace, "choisissez fail ou skip", "choose fail or skip"},
    {Rule::bad_scope, "Indiquez une date de la série", "Say a date of the series"},
    {Rule::unknown_equipment, "choisissez-en", "choose some"},
    {Rule::equipment_elsewhere, "choisissez-en du site", "choose some of the room's site"},
    {Rule::equipment_twice, "indiquez une seule quantité", "give one quantity"},
    {Rule::bad_quantity, "demandez-en au moins un", "ask for at least one"},
    {Rule::equipment_short, "Demandez-en au plus 2", "Ask for at most 2"},
    {Rule::room_closed, "choisissez un créneau", "choose a slot"},
    {Rule::bad_place, "Indiquez un site", "Say a site"},
    {Rule::unknown_site, "indiquez-en un", "say one"},
    {Rule::unknown_space, "Indiquez des espaces", "Say spaces"},
    {Rule::room_held, "réessayez", "try again"},
    {Rule::bad_deadline, "Indiquez une heure", "Say a local time"},
    {Rule::slot_is_free, "réservez-le", "book it"},
    {Rule::already_waiting, "attendez son tour", "wait for its turn"},
    {Rule::too_many_waits, "quittez d'abord une liste", "leave a waiting list first"},
    {Rule::meets_bookings, "choisissez notify", "choose notify"},
    {Rule::unknown_kind, "n’en indiquez pas", "name none"},
    {Rule::not_yours_to_decide, "acceptez les autres dates", "approve the other dates"},
    {Rule::reference_missing, "Indiquez le numéro", "Give the number"},
    {Rule::too_many_papers, "attendez que le service", "wait until the office"},
    {Rule::too_many_passes, "remettez un de ceux", "hand over one"},
};

/// One of `words` in the text, or nothing.
std::string found_in(const std::string& text, const std::vector<std::string_view>& words) {
    std::string plain = " ";
    for (const char letter : text) {
        const bool is_between = std::string_view(" ,.;:()'\"").find(letter) != std::string::npos;
        plain += is_between ? ' ' : letter;
    }
    plain += ' ';
    for (const auto word : words) {
        std::string alone = " ";
        alone.append(word).append(1, ' ');
        if (plain.find(alone) != std::string::npos) {
            return std::string(word);
        }
    }
    return "";
}

/// Every rule says no, here each by what a request, a change or the rule alone answers.
class RuleSentences : public TownTest {
  protected:
    void hear(const std::vector<Failure>& failures) {
        heard_.insert(heard_.end(), failures.begin(), failures.end());
    }
    template <class Answer>
    void hear(const Outcome<Answer>& answer) {
        ASSERT_FALSE(answer);
        hear(answer.error().failures);
    }
    void hear_request(const std::function<void(RequestBooking&)>& so) {
        auto order = wish();
        so(order);
        hear(request(order));
    }
    void hear_requests();
    void hear_rooms();
    void hear_series();
    void hear_equipment_and_closures();
    void hear_lines_and_papers();

    std::vector<Failure> heard_;
};
CRENEAU_ON_BOTH_ENGINES(RuleSentences);

void RuleSentences::hear_requests() {
    hear_request([](auto& order) { order.room = kOtherRoom; });
    hear_request([](auto& order) {
        order.actor = kOffice;
        order.booker = PersonId{77};
    });
    hear_request([](auto& order) { order.start = "tomorrow"; });
    hear_request([](auto& order) { order.end = order.start; });
    hear_request([](auto& order) {
        order.start = "2027-03-28T02:30";
        order.end = "2027-03-28T03:15";
    });
    hear_request([](auto& order) {
        order.start = "2026-11-01T10:00";
        order.end = "2026-11-20T10:00";
    });
    hear_request([](auto& order) { order.attendees = 61; });
    hear_request([](auto& order) {
        order.attendees = 0;
        order.purpose = "";
        order.kind = "none";
        order.override_reason = std::string(5000, 'a');
    });
    hear_request([](auto& order) { order.purpose = std::string(5000, 'a'); });
    hear_request([](auto& order) { order.purpose = "\x01"; });
    hear_request([](auto& order) { order.association = kChess; });
    hear_request([](auto& order) {
        order.actor = kAlex;
        order.association.reset();
    });
    hear_request([](auto& order) {
        order.room = kHall;
        order.association.reset();
    });
    const auto booking = approved();
    hear_request([](auto&) {});
    hear(cancel(booking, kCamille, "because"));
    hear(cancel(booking, kOffice, "rules_broken"));
    session_->execute("UPDATE bookings SET attendees = 1");
    hear(write(add_pass, MorePasses{kTown, kCamille, booking.id, kNow}));
}

void RuleSentences::hear_rooms() {
    RoomRules rules;
    rules.shortest = 60min;
    rules.longest = 120min;
    rules.layouts = {{"conference", "Conférence", 30}};
    rules.associations_may_book = false;
    rules.groups = {{1, "Élus"}};
    rules.residents = {{2, "Comités"}};
    rules.residents_until = std::chrono::days(7);
    for (auto& day : rules.opening.week) {
        day = {{10h, 22h}};
    }
    const std::chrono::local_days today{std::chrono::year{2026} / 12 / 5};
    const LocalSlot slot{today + 9h + 7min, today + 9h + 37min};
    hear(check_opening(rules.opening, slot, [](LocalMinutes written) { return written; }));
    hear(check_notice({120min, {}}, 1h));
    hear(check_notice({{}, 43200min}, 24h * 31));
    hear(check_length(rules, 30min));
    hear(check_length(rules, 130min));
    hear(check_grid(15min, slot));
    hear(check_capacity(60, rules.layouts, {5, "banquet"}));
    hear(check_side(rules, true, {true}));
    hear(check_residents(rules, {true}, slot, today - std::chrono::days(10)));
    const auto at = [](int hour) { return kNow + std::chrono::hours(hour); };
    const Neighbour before{{at(0), at(1)}, {}};
    hear(check_buffers({at(1) + 10min, at(3)}, {30min, 0min}, std::vector{before}));
    Quota quota;
    quota.name = "Quota";
    quota.most = 2;
    hear(check_quota(quota, {today, today + std::chrono::days(7)}, {}, 3h));
    hear({room_held("2026-12-05T18:30")});
    hear(check_deadline(kNow, at(1), kNow));
}

void RuleSentences::hear_series() {
    hear({bad_recurrence(RecurrenceError::too_many), date_left_out(), overlaps_itself(),
          may_not_replace(), bad_scope()});
    for (const SkipKind kind :
         {SkipKind::public_holiday, SkipKind::school_holiday, SkipKind::calendar_unknown}) {
        hear({date_skipped({kind, {"Noël", "Christmas"}})});
    }
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 4, 'office', 'site', 1)");
    RequestSeries order;
    order.town = kTown;
    order.actor = kCamille;
    order.room = kDanton;
    order.association = kChoir;
    order.recurrence = {std::chrono::year{2027} / 2 / 6, Daily{1}, std::nullopt, 2};
    order.start_time = "18:30";
    order.end_time = "20:30";
    order.attendees = 5;
    order.purpose = "Répétition";
    order.now = kNow;
    const auto series = write(request_series, order).value();
    session_->execute("UPDATE bookings SET room_id = 2 WHERE series_date = '2027-02-07'");
    hear(write(approve_series, ApproveSeries{{kTown, kAlex, series, Scope::all, "", kNow}}));
}

void RuleSentences::hear_equipment_and_closures() {
    const Equipment piano{EquipmentId{1}, SiteId{1}, "piano", "Piano", 4};
    const std::vector<EquipmentOrder> orders{{EquipmentId{7}, 1}, {piano.id, 0}, {piano.id, 1}};
    hear(check_orders(orders, std::vector{piano}, SiteId{2}));
    const std::chrono::local_days day{std::chrono::year{2026} / 12 / 5};
    hear({equipment_short(piano, {{day, day, 2}})});
    Closure closure;
    closure.reason = "Peinture";
    closure.slot.local_start = "2026-12-05T08:00";
    closure.slot.local_end = "2026-12-06T08:00";
    hear({room_closed(closure), unknown_site(), unknown_space(), meets_bookings(2, 1)});
    hear(check_one_place(2));
}

void RuleSentences::hear_lines_and_papers() {
    auto order = wish();
    order.start = "2026-12-12T18:30";
    order.end = "2026-12-12T20:30";
    hear(write(join_line, order));
    ASSERT_TRUE(request(order));
    order.actor = kAlex;
    order.association = kChess;
    const auto wait = write(join_line, order);
    ASSERT_TRUE(wait);
    session_->execute(
        "INSERT INTO waits (town_id, room_id, association_id, booker_id, requested_by_id,"
        " local_start, local_end, start_at, end_at, attendees, purpose, layout, asked_at)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(kMostWaits) +
        ") SELECT w.town_id, w.room_id, w.association_id, w.booker_id, w.requested_by_id,"
        " w.local_start, w.local_end, w.start_at + i * 86400, w.end_at + i * 86400, w.attendees,"
        " w.purpose, w.layout, w.asked_at FROM waits w, n");
    hear(write(join_line, order));
    RecordPaper paper;
    paper.town = kTown;
    paper.actor = kOffice;
    paper.holder = {access::HolderKind::association, 1};
    paper.valid_from = "2026-01-01";
    paper.now = kNow;
    for (std::int64_t number = 0; number < kMostWaiting; ++number) {
        ASSERT_TRUE(write(record_paper, paper));
    }
    paper.kind = PaperKind::declaration;
    hear(write(record_paper, paper));
}

TEST_P(RuleSentences, SayInBothLanguagesWhatWouldPass) {
    hear_requests();
    hear_rooms();
    hear_series();
    hear_equipment_and_closures();
    hear_lines_and_papers();
    std::size_t at = 0;
    for (const WayOut& way : kWaysOut) {
        ASSERT_EQ(static_cast<std::size_t>(way.rule), at++) << "a row for each rule, in order";
        SCOPED_TRACE(word_of(way.rule));
        const auto is_it = [&](const Failure& failure) { return failure.rule == way.rule; };
        const auto first = std::ranges::find_if(heard_, is_it);
        if (first == heard_.end()) {
            ADD_FAILURE() << "nobody is ever told";
            continue;
        }
        bool is_shown = false;
        for (const auto& [rule, field, said] : heard_) {
            if (rule != way.rule) {
                continue;
            }
            const bool tells_fr = said.fr.find(way.fr) != std::string::npos;
            const bool tells_en = said.en.find(way.en) != std::string::npos;
            EXPECT_EQ(tells_fr, tells_en) << said.fr << " / " << said.en;
            is_shown |= tells_fr && tells_en;
        }
        EXPECT_TRUE(is_shown) << first->detail.fr << " / " << first->detail.en;
    }
    EXPECT_EQ(at, static_cast<std::size_t>(Rule::too_many_passes) + 1);
    for (const auto& [rule, field, said] : heard_) {
        SCOPED_TRACE(word_of(rule));
        EXPECT_TRUE(said.fr.ends_with('.')) << said.fr;
        EXPECT_TRUE(said.en.ends_with('.')) << said.en;
        EXPECT_EQ(found_in(said.fr, {"the", "of", "is", "not", "or", "and", "at", "least", "most",
                                     "choose", "say", "Choose", "Say", "Expected"}),
                  "")
            << said.fr;
        EXPECT_EQ(found_in(said.en, {"le", "la", "les", "un", "une", "du", "au", "est", "pas", "ou",
                                     "ce", "cette", "plus", "moins", "Attendu", "Indiquez"}),
                  "")
            << said.en;
    }
}

}  // namespace
}  // namespace creneau::booking
