#include "api/http/time_text.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

std::chrono::sys_seconds at(std::int64_t unix_seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{unix_seconds}};
}

TEST(TimeText, WritesAndReadsRfc3339) {
    EXPECT_EQ(to_rfc3339(at(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_rfc3339(at(981173106)), "2001-02-03T04:05:06Z");
    EXPECT_EQ(to_rfc3339(at(-1)), "1969-12-31T23:59:59Z");
    EXPECT_EQ(to_rfc3339(at(253402300799)), "9999-12-31T23:59:59Z");
    EXPECT_EQ(to_rfc3339(at(1796491859)), "2026-12-05T17:30:59Z");
    EXPECT_EQ(from_rfc3339("2026-12-05T17:30:59Z"), at(1796491859));
    EXPECT_EQ(from_rfc3339("2026-12-05T18:30:59+01:00"), at(1796491859));
    EXPECT_EQ(from_rfc3339("2026-12-05T12:00:59-05:30"), at(1796491859));
    EXPECT_EQ(from_rfc3339("2024-02-29T00:00:00Z"), at(1709164800));
}

TEST(TimeText, RefusesWhatIsNoInstant) {
    for (const auto* text :
         {"", "2026-12-05", "2026-12-05T17:30Z", "2026-12-05T17:30:00", "2026-12-05 17:30:00Z",
          "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-12-05T24:00:00Z",
          "2026-12-05T17:30:60Z", "2026-12-05T17:30:00.5Z", "2026-12-05T17:30:00+0100",
          "2026-12-05T17:30:00Zx", "+2026-12-05T17:30:00Z", "1969-12-31T23:59:59Z"}) {
        EXPECT_EQ(from_rfc3339(text), std::nullopt) << text;
    }
}

TEST(TimeText, WritesAndReadsLocalDateTimes) {
    const auto local = from_local_text("2026-12-05T18:30");
    ASSERT_TRUE(local);
    EXPECT_EQ(to_local_text(*local), "2026-12-05T18:30");
    for (const auto* text : {"2026-12-05T18:30Z", "2026-12-05T18:30:00", "2026-12-05 18:30",
                             "2026-11-31T18:30", "2026-12-05T18:60", "26-12-05T18:30"}) {
        EXPECT_EQ(from_local_text(text), std::nullopt) << text;
    }
}

TEST(TimeText, WritesHttpDates) {
    EXPECT_EQ(to_http_date(at(1796491859)), "Sat, 05 Dec 2026 17:30:59 GMT");
}

}  // namespace
}  // namespace creneau::http
