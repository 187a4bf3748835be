#include "api/booking/booking_rules.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds kNoon{1'800'000'000s};

std::vector<Rule> rules_of(const std::vector<Failure>& failures) {
    std::vector<Rule> rules;
    for (const Failure& failure : failures) {
        rules.push_back(failure.rule);
        EXPECT_FALSE(failure.field.empty());
        EXPECT_FALSE(failure.detail.fr.empty());
        EXPECT_FALSE(failure.detail.en.empty());
    }
    return rules;
}

using Rules = std::vector<Rule>;

TEST(BookingRules, AskForSomebodyWhoMayBook) {
    const BookerFacts nobody;
    EXPECT_EQ(rules_of(check_booker(nobody)), Rules{Rule::unknown_booker});
    const BookerFacts no_right{.known = true};
    EXPECT_EQ(rules_of(check_booker(no_right)), Rules{Rule::may_not_book});
    const BookerFacts alone{.known = true, .may_book = true};
    EXPECT_EQ(rules_of(check_booker(alone)), Rules{});
    const BookerFacts stranger{.known = true, .may_book = true, .for_association = true};
    EXPECT_EQ(rules_of(check_booker(stranger)), Rules{Rule::not_a_manager});
    const BookerFacts manager{
        .known = true, .may_book = false, .for_association = true, .manages_association = true};
    EXPECT_EQ(rules_of(check_booker(manager)), Rules{});
}

TEST(BookingRules, BoundTheWords) {
    EXPECT_EQ(rules_of(check_purpose("Répétition\nde Noël")), Rules{});
    EXPECT_EQ(rules_of(check_purpose("")), Rules{Rule::purpose_missing});
    EXPECT_EQ(rules_of(check_purpose(" \n ")), Rules{Rule::purpose_missing});
    for (const char* blank : {"\u200b", "\u00a0", " \u00a0\n\ufeff", "\u3000\u2060"}) {
        EXPECT_EQ(rules_of(check_purpose(blank)), Rules{Rule::purpose_missing}) << blank;
    }
    std::string accents;
    for (std::size_t i = 0; i < kLongestPurpose; ++i) {
        accents += "é";
    }
    EXPECT_EQ(rules_of(check_purpose(accents)), Rules{});
    EXPECT_EQ(rules_of(check_purpose(accents + "é")), Rules{Rule::purpose_too_long});
    for (const char* bad : {"\x01", "a\tb", "\x7f", "\xc3", "\xc0\x80", "\xed\xa0\x80",
                            "\xf5\x80\x80\x80", "\xe0\x80\x80", "\xff", "\x80"}) {
        EXPECT_EQ(rules_of(check_purpose(bad)), Rules{Rule::bad_text}) << bad;
    }
}

TEST(BookingRules, RefusePastEmptyAndEndlessSlots) {
    const auto slot_of = [](std::chrono::sys_seconds start, std::chrono::sys_seconds end) {
        return tl::expected<Slot, TimeError>(Slot{"", "", {start, end}});
    };
    EXPECT_EQ(rules_of(check_slot(slot_of(kNoon, kNoon + 1h), kNoon)), Rules{});
    EXPECT_EQ(rules_of(check_slot(slot_of(kNoon, kNoon + 1h), kNoon + 1s)),
              Rules{Rule::in_the_past});
    EXPECT_EQ(rules_of(check_slot(slot_of(kNoon, kNoon + kLongestBooking), kNoon)), Rules{});
    EXPECT_EQ(rules_of(check_slot(slot_of(kNoon, kNoon + kLongestBooking + 1min), kNoon + 1h)),
              (Rules{Rule::in_the_past, Rule::too_long}));
    const std::vector<std::pair<TimeError, Rule>> table{
        {TimeError::bad_start, Rule::bad_date_time},
        {TimeError::bad_end, Rule::bad_date_time},
        {TimeError::end_before_start, Rule::end_before_start},
        {TimeError::no_such_time, Rule::no_such_time}};
    for (const auto& [error, rule] : table) {
        EXPECT_EQ(rules_of(check_slot(tl::unexpected(error), kNoon)), Rules{rule});
    }
}

TEST(BookingRules, TakeGroundsFromTheListOnly) {
    EXPECT_EQ(rules_of(check_ground(refusal_grounds(), {"public_order", ""})), Rules{});
    EXPECT_EQ(rules_of(check_ground(refusal_grounds(), {"because", ""})),
              Rules{Rule::unknown_ground});
    EXPECT_EQ(rules_of(check_ground(refusal_grounds(), {"incomplete_file", " "})),
              Rules{Rule::text_needed});
    EXPECT_EQ(rules_of(check_ground(refusal_grounds(), {"incomplete_file", "attestation"})),
              Rules{});
    EXPECT_EQ(rules_of(check_ground(refusal_grounds(), {"", std::string(1001, 'x')})),
              (Rules{Rule::unknown_ground, Rule::text_too_long}));
    EXPECT_EQ(rules_of(check_ground(refusal_grounds(), {"public_order", "\x02"})),
              Rules{Rule::bad_text});
}

TEST(BookingRules, LeaveTheOfficesGroundsToTheOffice) {
    EXPECT_EQ(rules_of(check_ground(cancellation_grounds(), {"booker_request", "", false})),
              Rules{});
    EXPECT_EQ(rules_of(check_ground(cancellation_grounds(), {"weather_alert", "", false})),
              Rules{Rule::unknown_ground});
    const auto said = [](const char* code) {
        return check_ground(cancellation_grounds(), {code, "", false}).at(0).detail.en;
    };
    EXPECT_NE(said("weather_alert").find("for the office"), std::string::npos);
    EXPECT_EQ(said("because").find("for the office"), std::string::npos);
    EXPECT_EQ(rules_of(check_ground(cancellation_grounds(), {"weather_alert", "", true})), Rules{});
}

TEST(Grounds, HaveACodeAndALabelInBothLanguages) {
    for (const auto list : {refusal_grounds(), cancellation_grounds()}) {
        ASSERT_FALSE(list.empty());
        for (const Ground& ground : list) {
            EXPECT_EQ(find_ground(list, ground.code), &ground);
            EXPECT_FALSE(ground.label_fr.empty());
            EXPECT_FALSE(ground.label_en.empty());
        }
    }
}

TEST(BookingRules, KeepAnApprovalThatTheOfficeMovesOrThatOnlyShrinks) {
    const auto after = [](MoveFacts facts) { return status_after_move(facts); };
    EXPECT_EQ(after({Status::approved, true, false, true}), Status::approved);
    EXPECT_EQ(after({Status::approved, false, true, true}), Status::approved);
    EXPECT_EQ(after({Status::approved, false, false, true}), Status::pending);
    EXPECT_EQ(after({Status::approved, false, false, false}), Status::approved);
    EXPECT_EQ(after({Status::pending, true, true, true}), Status::pending);
    EXPECT_EQ(after({Status::pending, false, false, false}), Status::approved);
}

TEST(BookingRules, AddTheMarginsOfTheRoom) {
    Room room;
    room.margin_before = 10min;
    room.margin_after = 15min;
    EXPECT_EQ(window_of(room, {kNoon, kNoon + 1h}), (Interval{kNoon - 10min, kNoon + 1h + 15min}));
}

TEST(BookingErrors, SortARefusalByWhatFailed) {
    EXPECT_EQ(refuse({room_taken()}).value().refusal, Refusal::room_taken);
    auto failures = check_attendees(0);
    failures.push_back(room_taken());
    EXPECT_EQ(refuse(failures).value().refusal, Refusal::rules);
    EXPECT_EQ(refuse(check_booker({.known = true})).value().refusal, Refusal::not_allowed);
}

}  // namespace
}  // namespace creneau::booking
