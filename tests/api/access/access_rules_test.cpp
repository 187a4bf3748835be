#include "api/access/access_rules.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::access {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds kStart{1'800'000'000s};
const Interval kEvening{kStart, kStart + 140min};
const WayIn kQr{Way::qr, "2026-01-01", {}, "", ""};
const WayIn kBadge{Way::badge, "2026-01-01", {}, "", ""};
const ZoneDoor kReadsQr{"a", true, true, true};
const ZoneDoor kBadgeOnly{"b", true, true, false};
const ZoneDoor kUnlocked{"c", false, true, false};
const ZoneDoor kOutOfService{"d", true, false, true};

TEST(PassRule, NeedsQrAtEveryLockedDoor) {
    EXPECT_TRUE(can_issue_pass({kReadsQr}, {kQr}, kEvening));
    EXPECT_TRUE(can_issue_pass({kUnlocked, kReadsQr}, {kBadge, kQr}, kEvening));
    EXPECT_FALSE(can_issue_pass({kReadsQr, kBadgeOnly}, {kQr}, kEvening));
    EXPECT_FALSE(can_issue_pass({kReadsQr, kOutOfService}, {kQr}, kEvening));
    EXPECT_FALSE(can_issue_pass({kUnlocked}, {kQr}, kEvening)) << "nothing to open";
    EXPECT_FALSE(can_issue_pass({}, {kQr}, kEvening));
}

TEST(PassRule, NeedsQrAsAWayInOnTheDay) {
    EXPECT_FALSE(can_issue_pass({kReadsQr}, {kBadge}, kEvening));
    EXPECT_FALSE(can_issue_pass({kReadsQr}, {}, kEvening));
}

TEST(PassRule, AllowsADayAtMost) {
    EXPECT_TRUE(can_issue_pass({kReadsQr}, {kQr}, {kStart, kStart + 24h}));
    EXPECT_FALSE(can_issue_pass({kReadsQr}, {kQr}, {kStart, kStart + 24h + 1s}));
}

TEST(WaysIn, HoldFromTheirFirstDayToTheDayBeforeTheirEnd) {
    const std::vector<WayIn> all{{Way::badge, "2025-01-01", "2026-09-01", "", ""},
                                 {Way::qr, "2026-09-01", {}, "", ""}};
    const auto words = [&](const char* date) {
        std::string joined;
        for (const WayIn& way : ways_on(all, date)) {
            joined += std::string(word_of(way.way)) + ' ';
        }
        return joined;
    };
    EXPECT_EQ(words("2024-12-31"), "");
    EXPECT_EQ(words("2025-01-01"), "badge ");
    EXPECT_EQ(words("2026-08-31"), "badge ");
    EXPECT_EQ(words("2026-09-01"), "qr ");
    EXPECT_EQ(words("2030-01-01"), "qr ");
}

TEST(Words, AreReadBack) {
    for (const auto reason : {RevokeReason::moved, RevokeReason::cancelled, RevokeReason::reissued,
                              RevokeReason::lost, RevokeReason::misuse, RevokeReason::other}) {
        EXPECT_EQ(revoke_reason_of(word_of(reason)), reason);
    }
    for (const auto way : {Way::qr, Way::badge, Way::key, Way::staff}) {
        EXPECT_EQ(way_of(word_of(way)), way);
    }
    for (const auto kind : {HolderKind::association, HolderKind::person}) {
        EXPECT_EQ(holder_kind_of(word_of(kind)), kind);
    }
    EXPECT_FALSE(way_of("window"));
}

}  // namespace
}  // namespace creneau::access
