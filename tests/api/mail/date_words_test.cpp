#include "api/mail/date_words.hpp"

#include <gtest/gtest.h>

namespace creneau::mail {
namespace {

struct SlotRow {
    const char* name;
    const char* from;
    const char* until;
    const char* french;
    const char* english;
};

class SlotWords : public testing::TestWithParam<SlotRow> {};

TEST_P(SlotWords, AreThoseOfEverydaySpeech) {
    const SlotRow& row = GetParam();
    const auto from = parse_local_time(row.from);
    const auto until = parse_local_time(row.until);
    ASSERT_TRUE(from && until);
    EXPECT_EQ(slot_words(*from, *until, Language::fr), row.french);
    EXPECT_EQ(slot_words(*from, *until, Language::en), row.english);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SlotWords,
    testing::Values(SlotRow{"evening", "2026-12-05T18:30", "2026-12-05T21:00",
                            "samedi 5 décembre 2026 de 18 h 30 à 21 h",
                            "Saturday 5 December 2026 from 18:30 to 21:00"},
                    SlotRow{"first_of_month", "2027-02-01T09:05", "2027-02-01T10:00",
                            "lundi 1er février 2027 de 9 h 05 à 10 h",
                            "Monday 1 February 2027 from 9:05 to 10:00"},
                    SlotRow{"past_midnight", "2026-10-24T22:00", "2026-10-25T03:00",
                            "du samedi 24 octobre 2026 à 22 h au dimanche 25 octobre 2026 à 3 h",
                            "from Saturday 24 October 2026 at 22:00 to Sunday 25 October 2026 at "
                            "3:00"},
                    SlotRow{"leap_day", "2028-02-29T00:00", "2028-02-29T23:59",
                            "mardi 29 février 2028 de 0 h à 23 h 59",
                            "Tuesday 29 February 2028 from 0:00 to 23:59"}),
    [](const auto& row) { return row.param.name; });

TEST(LocalTime, RefusesWhatIsNoTime) {
    for (const char* text :
         {"", "2026-12-05", "2026-12-05T24:00", "2026-12-05T18:60", "2026-13-05T18:30",
          "2026-02-30T18:30", "2026-12-05 18:30", "2026-12-05T18:30:00", "2026-12-05T1830Z",
          "+026-12-05T18:30", "2027-02-29T10:00"}) {
        EXPECT_FALSE(parse_local_time(text)) << text;
    }
    EXPECT_TRUE(parse_local_time("2026-12-05T18:30"));
    EXPECT_FALSE(parse_local_date("2026-11-31"));
    EXPECT_TRUE(parse_local_date("2026-11-30"));
}

TEST(Language, IsFrenchUnlessEnglishIsAskedFor) {
    EXPECT_EQ(language_of("en"), Language::en);
    EXPECT_EQ(language_of("fr"), Language::fr);
    EXPECT_EQ(language_of("xx"), Language::fr);
}

}  // namespace
}  // namespace creneau::mail
