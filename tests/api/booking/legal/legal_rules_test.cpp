#include "api/booking/legal/legal_rules.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::booking {
namespace {

struct Row {
    const char* name;
    const char* received;
    int months;
    int days;
    const char* decided;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.name;
}

class DecidedOn : public testing::TestWithParam<Row> {};

const Row kRows[] = {
    {"TwoMonths", "2026-11-21", 2, 0, "2027-01-21"},
    {"TheMonthHasNoSuchDay", "2026-12-31", 2, 0, "2027-02-28"},
    {"InALeapYear", "2027-12-31", 2, 0, "2028-02-29"},
    {"OneMonthFromTheLastDay", "2026-04-30", 1, 0, "2026-05-30"},
    {"FifteenDays", "2026-12-20", 0, 15, "2027-01-04"},
    {"OneDay", "2026-02-28", 0, 1, "2026-03-01"},
    {"AYear", "2024-02-29", 12, 0, "2025-02-28"},
};
INSTANTIATE_TEST_SUITE_P(Rows, DecidedOn, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(DecidedOn, TheSameDayOfALaterMonthOrItsLast) {
    const Silence silence{SilenceMeaning::refused, GetParam().months, GetParam().days, ""};
    const auto decided = decided_on(parse_date(GetParam().received).value(), silence);
    ASSERT_TRUE(decided);
    EXPECT_EQ(text_of(*decided), GetParam().decided);
}

TEST(DecidedOn, NothingWhereTheTownSaysNothing) {
    EXPECT_FALSE(decided_on(parse_date("2026-11-21").value(), Silence{}));
}

TEST(SilenceMeaning, HasStableWords) {
    for (const auto* word : {"unsaid", "accepted", "refused"}) {
        ASSERT_TRUE(silence_meaning_of(word)) << word;
        EXPECT_EQ(word_of(*silence_meaning_of(word)), word);
    }
    EXPECT_FALSE(silence_meaning_of("agreed"));
}

}  // namespace
}  // namespace creneau::booking
