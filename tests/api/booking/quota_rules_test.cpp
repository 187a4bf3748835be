#include "api/booking/quota_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/room_rules.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;
using std::chrono::local_days;
using std::chrono::year;

struct PeriodRow {
    const char* name;
    QuotaPeriod period;
    std::chrono::year_month_day date;
    const char* from;
    const char* until;
};
std::ostream& operator<<(std::ostream& out, const PeriodRow& row) {
    return out << row.name;
}
class QuotaPeriods : public testing::TestWithParam<PeriodRow> {};

const PeriodRow kPeriods[] = {
    {"Day", QuotaPeriod::day, year(2026) / 12 / 31, "2026-12-31", "2027-01-01"},
    {"WeekOfAMonday", QuotaPeriod::week, year(2026) / 12 / 28, "2026-12-28", "2027-01-04"},
    {"WeekOfASunday", QuotaPeriod::week, year(2027) / 1 / 3, "2026-12-28", "2027-01-04"},
    {"Month", QuotaPeriod::month, year(2024) / 2 / 29, "2024-02-01", "2024-03-01"},
    {"LastMonth", QuotaPeriod::month, year(2026) / 12 / 31, "2026-12-01", "2027-01-01"},
    {"SeasonItsFirstDay", QuotaPeriod::season, year(2026) / 9 / 1, "2026-09-01", "2027-09-01"},
    {"SeasonItsLastDay", QuotaPeriod::season, year(2027) / 8 / 31, "2026-09-01", "2027-09-01"},
};
INSTANTIATE_TEST_SUITE_P(Rows, QuotaPeriods, testing::ValuesIn(kPeriods),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(QuotaPeriods, HoldTheirDate) {
    Quota quota;
    quota.period = GetParam().period;
    quota.season_from = std::chrono::September / 1;
    const auto period = period_of(quota, local_days(GetParam().date));
    EXPECT_EQ(text_of(period.from), GetParam().from);
    EXPECT_EQ(text_of(period.until), GetParam().until);
}

TEST(QuotaRules, CountHours) {
    Quota quota;
    quota.name = "Heures";
    quota.most = 6;
    const DateRange week{local_days(year(2026) / 11 / 30), local_days(year(2026) / 12 / 7)};
    EXPECT_TRUE(check_quota(quota, week, {9, 4h}, 2h).empty());
    const auto failures = check_quota(quota, week, {9, 4h + 30min}, 2h);
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].rule, Rule::quota_exceeded);
    EXPECT_EQ(failures[0].detail.en,
              "Heures: at most 6 h from 2026-11-30 to 2026-12-06; 1 h 30 left.");
}

TEST(QuotaRules, CountBookings) {
    Quota quota;
    quota.name = "Salles";
    quota.unit = QuotaUnit::bookings;
    quota.most = 2;
    const DateRange day{local_days(year(2026) / 12 / 5), local_days(year(2026) / 12 / 6)};
    EXPECT_TRUE(check_quota(quota, day, {1, 90h}, 9h).empty());
    EXPECT_EQ(check_quota(quota, day, {2, 1h}, 1h).at(0).detail.fr,
              "Salles : au plus 2 réservations du 2026-12-05 au 2026-12-05 ; il reste 0 "
              "réservation.");
}

TEST(QuotaRules, BindTheirHolders) {
    Quota quota;
    EXPECT_TRUE(binds(quota, true));
    EXPECT_TRUE(binds(quota, false));
    quota.holder = QuotaHolder::association;
    EXPECT_TRUE(binds(quota, true));
    EXPECT_FALSE(binds(quota, false));
    quota.holder = QuotaHolder::individual;
    EXPECT_FALSE(binds(quota, true));
    EXPECT_TRUE(binds(quota, false));
}

}  // namespace
}  // namespace creneau::booking
