#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/find_series.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using nlohmann::json;

/// In the middle of saturdays(): during the second date, Saturday 12 December at 19:00.
constexpr std::chrono::sys_seconds kHalfway{
    std::chrono::sys_days{std::chrono::year{2026} / 12 / 12} + std::chrono::hours{18}};

class SeriesChange : public SeriesTest {
  protected:
    static ChangeSeries change_of(SeriesId series, PersonId actor, Scope scope = Scope::all,
                                  const std::string& date = "") {
        return {kTown, actor, series, scope, date, kNow};
    }
    Outcome<SeriesId> approve_all(SeriesId series,
                                  ConflictPolicy conflicts = ConflictPolicy::fail) {
        return write(approve_series, ApproveSeries{change_of(series, kOffice), conflicts});
    }
    Outcome<SeriesId> cancel_some(const ChangeSeries& change, const std::string& ground = "") {
        return write(cancel_series, CancelSeries{change, ground, ""});
    }
    SeriesId approved_series() {
        const SeriesId id = ask(saturdays()).value();
        EXPECT_TRUE(approve_all(id));
        return id;
    }
    /// "approved approved cancelled cancelled", by date.
    std::string states(SeriesId id) {
        std::string states;
        for (const BookingView& view : select_views_of(*session_, kTown, id)) {
            states += (states.empty() ? "" : " ") + std::string(word_of(view.booking.status));
        }
        return states;
    }
    Booking occurrence(SeriesId id, std::size_t at) {
        return select_views_of(*session_, kTown, id).at(at).booking;
    }
};
CRENEAU_ON_BOTH_ENGINES(SeriesChange);

TEST_P(SeriesChange, AnApprovalOpensEachDateAndSendsItsCodeAhead) {
    const SeriesId id = approved_series();
    EXPECT_EQ(states(id), "approved approved approved approved");
    EXPECT_EQ(count("access_windows"), 4);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 4);
    EXPECT_EQ(count("outbox WHERE template = 'series_approved' AND booking_id IS NULL"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_approved'"), 0);
    EXPECT_EQ(count("outbox o JOIN bookings b ON b.id = o.booking_id WHERE"
                    " o.template = 'pass_ready' AND o.credential_id IS NOT NULL"
                    " AND o.next_try_at = b.start_at - 72 * 3600"),
              4);
    EXPECT_EQ(count("audit WHERE action = 'booking_approved' AND actor_id = 1"), 4);
    EXPECT_EQ(count("audit WHERE action = 'series_approved' AND for_id = 2"), 1);
}

TEST_P(SeriesChange, OnPaperTheCodesAreMadeEarlyEnoughForTheirLetters) {
    session_->execute("UPDATE people SET has_email = 0 WHERE id = 2");
    approved_series();
    EXPECT_EQ(count("outbox o JOIN bookings b ON b.id = o.booking_id WHERE"
                    " o.template = 'pass_ready' AND o.needed_by = b.start_at"
                    " AND o.next_try_at = b.start_at - (72 + 120) * 3600"),
              4);
}

TEST_P(SeriesChange, ACodeIsNotLateForADateThatIsNear) {
    auto request = saturdays();
    request.recurrence = {day(2026, 11, 22), Daily{1}, std::nullopt, 2};
    ASSERT_TRUE(approve_all(ask(request).value()));
    EXPECT_EQ(count("outbox WHERE template = 'pass_ready' AND next_try_at = " +
                    std::to_string(kNow.time_since_epoch().count())),
              2);
}

TEST_P(SeriesChange, AnApprovalFailsOrSkipsWhereSomebodyElseIs) {
    auto request = saturdays();
    request.room = kOpen;  // pending bookings do not block there
    const SeriesId id = ask(request).value();
    auto order = wish();
    order.room = kOpen;
    order.start = "2026-12-12T18:00";
    order.end = "2026-12-12T19:00";
    ASSERT_TRUE(approve(this->request(order).value()));
    const auto before = traces();
    const auto answer = approve_all(id);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, Refusal::room_taken);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-12:room_taken");
    EXPECT_FALSE(answer.error().dates.front().alternatives.empty()) << "where a move could take it";
    EXPECT_EQ(traces(), before);
    ASSERT_TRUE(approve_all(id, ConflictPolicy::skip));
    EXPECT_EQ(states(id), "approved pending approved approved");
    EXPECT_EQ(json::parse(facts_of_mail("series_approved"))["series"]["dates"].size(), 3U);
}

TEST_P(SeriesChange, TheMailOfAnAcceptedSeriesHasTheWaysIntoItsRoom) {
    approved_series();
    const auto by_code = json::parse(facts_of_mail("series_approved"))["ways_in"];
    ASSERT_EQ(by_code.size(), 1U);
    EXPECT_EQ(by_code[0]["way"], "qr");
    session_->execute("DELETE FROM outbox");
    auto order = saturdays();
    order.room = kSmall;
    ASSERT_TRUE(ask(order));
    const auto by_key = json::parse(facts_of_mail("series_approved"))["ways_in"];
    ASSERT_EQ(by_key.size(), 1U);
    EXPECT_EQ(by_key[0]["way"], "key");
    EXPECT_EQ(by_key[0]["note_fr"], "clé au gardien");
    session_->execute("DELETE FROM outbox");
    // No reader any more: the code of each date is no way in.
    session_->execute("DELETE FROM door_readers WHERE door_id = 2 AND kind = 'qr'");
    order.room = kDanton;
    order.start_time = "14:30";
    order.end_time = "15:30";
    const SeriesId id = ask(order).value();
    ASSERT_TRUE(approve_all(id));
    EXPECT_TRUE(json::parse(facts_of_mail("series_approved"))["ways_in"].empty());
}

TEST_P(SeriesChange, ADateWithoutTimeToClearTheRoomStaysPendingToo) {
    const SeriesId id = ask(saturdays()).value();
    auto order = wish();
    order.start = "2026-12-12T20:40";
    order.end = "2026-12-12T21:30";
    ASSERT_TRUE(approve(this->request(order).value()));
    session_->execute("INSERT INTO room_rules (town_id, room_id, setup_min) VALUES (1, 1, 30)");
    const auto answer = approve_all(id);
    ASSERT_FALSE(answer);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-12:buffer_taken");
    ASSERT_TRUE(approve_all(id, ConflictPolicy::skip));
    EXPECT_EQ(states(id), "approved pending approved approved");
}

TEST_P(SeriesChange, ARefusalIsOneMailWithItsGround) {
    const SeriesId id = ask(saturdays()).value();
    ASSERT_TRUE(write(refuse_series, RefuseSeries{change_of(id, kOffice), "public_order", ""}));
    EXPECT_EQ(states(id), "refused refused refused refused");
    EXPECT_EQ(count("occupancies"), 0);
    EXPECT_EQ(count("outbox"), 2);
    EXPECT_EQ(json::parse(facts_of_mail("series_refused"))["ground"], "public_order");
    EXPECT_FALSE(approve_all(id));
}

TEST_P(SeriesChange, DecisionsAreTheOffices) {
    const SeriesId id = ask(saturdays()).value();
    const auto before = traces();
    const auto mine = write(approve_series, ApproveSeries{change_of(id, kCamille)});
    EXPECT_EQ(mine.error().refusal, Refusal::not_allowed);
    const auto strange = write(approve_series, ApproveSeries{change_of(id, kAlex)});
    EXPECT_EQ(strange.error().refusal, Refusal::unknown_booking);
    EXPECT_EQ(cancel_some(change_of(id, kDominique)).error().refusal, Refusal::unknown_booking);
    EXPECT_EQ(traces(), before);
    EXPECT_TRUE(cancel_some(change_of(id, kMaud))) << "she manages the association too";
}

TEST_P(SeriesChange, CancellingThisDateLeavesTheOthers) {
    const SeriesId id = approved_series();
    ASSERT_TRUE(cancel_some(change_of(id, kCamille, Scope::one, "2026-12-12")));
    EXPECT_EQ(states(id), "approved cancelled approved approved");
    EXPECT_EQ(count("outbox WHERE template = 'booking_cancelled'"), 1);
    EXPECT_EQ(select_series(*session_, kTown, id)->ended_on, "");
    EXPECT_EQ(cancel_some(change_of(id, kCamille, Scope::one, "2026-12-12")).error().refusal,
              Refusal::wrong_state);
    EXPECT_EQ(codes_of(cancel_some(change_of(id, kCamille, Scope::one, "2026-12-13")).error()),
              "bad_scope");
    EXPECT_EQ(codes_of(cancel_some(change_of(id, kCamille, Scope::following)).error()),
              "bad_scope");
}

TEST_P(SeriesChange, CancellingThisAndFollowingClosesTheSeries) {
    const SeriesId id = approved_series();
    ASSERT_TRUE(
        cancel_some(change_of(id, kOffice, Scope::following, "2026-12-19"), "weather_alert"));
    EXPECT_EQ(states(id), "approved approved cancelled cancelled");
    EXPECT_EQ(select_series(*session_, kTown, id)->ended_on, "2026-12-19");
    EXPECT_EQ(count("occupancies"), 2);
    EXPECT_EQ(count("access_windows"), 2);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 2);
    EXPECT_EQ(count("outbox WHERE template = 'series_cancelled'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_cancelled'"), 0);
    const auto facts = json::parse(facts_of_mail("series_cancelled"));
    EXPECT_EQ(facts["ground"], "weather_alert");
    EXPECT_EQ(facts["series"]["dates"].size(), 2U);
}

TEST_P(SeriesChange, CancellingAllKeepsWhatHasBegun) {
    const SeriesId id = approved_series();
    auto change = change_of(id, kCamille);
    change.now = kHalfway;
    ASSERT_TRUE(cancel_some(change));
    EXPECT_EQ(states(id), "approved approved cancelled cancelled");
    EXPECT_EQ(select_series(*session_, kTown, id)->ended_on, "2026-12-19");
}

TEST_P(SeriesChange, WhatHasBegunIsNotCancelled) {
    const SeriesId id = approved_series();
    const auto before = traces();
    auto change = change_of(id, kOffice, Scope::one, "2026-12-12");
    change.now = kHalfway;
    EXPECT_EQ(cancel_some(change).error().refusal, Refusal::started);
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesChange, EveryDateThatIsTooLateToCancelIsNamed) {
    session_->execute(
        "INSERT INTO room_rules (town_id, room_id, cancel_least_min) VALUES (1, 1, 20160)");
    const SeriesId id = approved_series();
    const auto before = traces();
    auto change = change_of(id, kCamille);
    change.now = kHalfway - std::chrono::hours{24 * 8};
    const auto late = cancel_some(change);
    ASSERT_FALSE(late);
    EXPECT_EQ(dates_of(late.error()), "2026-12-05:notice_too_short 2026-12-12:notice_too_short");
    EXPECT_EQ(codes_of(late.error()), "notice_too_short");
    EXPECT_EQ(traces(), before);
    change.scope = Scope::following;
    change.date = "2026-12-12";
    EXPECT_EQ(dates_of(cancel_some(change, "public_order").error()),
              "2026-12-12:unknown_ground,notice_too_short 2026-12-19:unknown_ground"
              " 2026-12-26:unknown_ground");
    EXPECT_EQ(traces(), before);
    change.date = "2026-12-19";
    ASSERT_TRUE(cancel_some(change));
    EXPECT_EQ(states(id), "approved approved cancelled cancelled");
}

TEST_P(SeriesChange, AMovedDateGoesByItsDateInTheSeries) {
    const SeriesId id = approved_series();
    // The third date is moved before the second; the series still calls it 19 December.
    ASSERT_TRUE(move(occurrence(id, 2), "2026-12-08T10:00", "2026-12-08T12:00"));
    ASSERT_TRUE(cancel_some(change_of(id, kOffice, Scope::following, "2026-12-19"), "other"));
    EXPECT_EQ(states(id), "approved approved cancelled cancelled");
}

TEST_P(SeriesChange, AnUnlawfulGroundChangesNothing) {
    const SeriesId id = approved_series();
    const auto before = traces();
    EXPECT_EQ(codes_of(cancel_some(change_of(id, kCamille), "public_order").error()),
              "unknown_ground");
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesChange, IsSeenByItsOwnersAndTheOffice) {
    const SeriesId id = ask(saturdays()).value();
    for (const PersonId reader : {kCamille, kMaud, kOffice}) {
        const auto person = people::find_person(*session_, kTown, reader).value();
        EXPECT_EQ(find_series(*session_, kTown, person, id)->occurrences.size(), 4U);
    }
    for (const PersonId reader : {kAlex, kDominique}) {
        const auto person = people::find_person(*session_, kTown, reader).value();
        EXPECT_FALSE(find_series(*session_, kTown, person, id));
    }
    const auto elsewhere = people::find_person(*session_, kOtherTown, kOtherOffice).value();
    EXPECT_FALSE(find_series(*session_, kOtherTown, elsewhere, id));
}

TEST_P(SeriesChange, TheOfficeOfOneSiteReadsAndChangesWhatIsAllThere) {
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 4, 'office', 'site', 1)");
    const SeriesId id = approved_series();
    session_->execute("UPDATE bookings SET room_id = 2 WHERE series_date = '2026-12-19'");
    const auto dates_seen = [&](PersonId reader) {
        const auto person = people::find_person(*session_, kTown, reader).value();
        return find_series(*session_, kTown, person, id)->occurrences.size();
    };
    EXPECT_EQ(dates_seen(kAlex), 3U);
    session_->execute("UPDATE person_roles SET scope_id = 2 WHERE scope_kind = 'site'");
    EXPECT_EQ(dates_seen(kAlex), 1U) << "which was moved to their site";
    session_->execute("UPDATE person_roles SET scope_id = 1 WHERE scope_kind = 'site'");
    EXPECT_EQ(dates_seen(kOffice), 4U);
    const auto refused = cancel_some(change_of(id, kAlex), "weather_alert").error();
    ASSERT_EQ(refused.dates.size(), 1U);
    EXPECT_EQ(refused.dates[0].date, "2026-12-19");
    EXPECT_EQ(refused.dates[0].failures[0].rule, Rule::not_yours_to_decide);
    EXPECT_FALSE(cancel_some(change_of(id, kAlex, Scope::one, "2026-12-19"), "weather_alert"));
    EXPECT_EQ(states(id), "approved approved approved approved");
    EXPECT_TRUE(cancel_some(change_of(id, kAlex, Scope::one, "2026-12-05"), "weather_alert"));
    EXPECT_TRUE(cancel_some(change_of(id, kAlex, Scope::following, "2026-12-26"), "weather_alert"));
    EXPECT_EQ(states(id), "cancelled approved approved cancelled");
}

}  // namespace
}  // namespace creneau::booking
