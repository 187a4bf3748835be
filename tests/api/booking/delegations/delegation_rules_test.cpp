#include "api/booking/delegations/delegation_rules.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using Fault = DelegationFault;

struct Row {
    const char* name;
    const char* from;
    const char* until;
    DelegationFaults faults;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.name;
}

class DelegationDates : public testing::TestWithParam<Row> {};

const Row kRows[] = {
    {"OneDay", "2026-11-21", "2026-11-21", {}},
    {"BegunAlready", "2026-11-01", "2026-11-21", {}},
    {"AYear", "2026-11-21", "2027-11-21", {}},
    {"MoreThanAYear", "2026-11-21", "2027-11-22", {Fault::too_long}},
    {"OverYesterday", "2026-11-01", "2026-11-20", {Fault::in_the_past}},
    {"Backwards", "2026-12-02", "2026-12-01", {Fault::until_before_from}},
    {"NoDate", "2026-02-30", "2026-3-01", {Fault::bad_from, Fault::bad_until}},
    {"NoLastDate", "2026-12-01", "", {Fault::bad_until}},
    {"BackwardsInThePast",
     "2026-11-19",
     "2026-11-18",
     {Fault::until_before_from, Fault::in_the_past}},
};
INSTANTIATE_TEST_SUITE_P(Rows, DelegationDates, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(DelegationDates, AreCheckedAllAtOnce) {
    EXPECT_EQ(check_dates(GetParam().from, GetParam().until, "2026-11-21"), GetParam().faults);
}

TEST(Delegation, StandsOnItsFirstAndLastDateAndBetween) {
    Delegation delegation;
    delegation.from = "2026-12-21";
    delegation.until = "2027-01-03";
    EXPECT_FALSE(stands_on(delegation, "2026-12-20"));
    for (const auto* date : {"2026-12-21", "2026-12-31", "2027-01-03"}) {
        EXPECT_TRUE(stands_on(delegation, date)) << date;
    }
    EXPECT_FALSE(stands_on(delegation, "2027-01-04"));
    delegation.ended_at = std::chrono::sys_seconds{};
    EXPECT_FALSE(stands_on(delegation, "2026-12-31"));
}

}  // namespace
}  // namespace creneau::booking
