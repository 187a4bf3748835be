#include "api/access/badge_access_rules.hpp"

#include "api/access/badge_key.hpp"
#include "api/access/badge_key_file.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace creneau::access {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'800'000'000}};
constexpr Holder kChoir{HolderKind::association, 5};
constexpr Holder kJudo{HolderKind::association, 6};
constexpr Holder kSomebody{HolderKind::person, 5};

Interval window(int from_h, int until_h) {
    return {kNow + hours{from_h}, kNow + hours{until_h}};
}

TEST(BadgeAccess, UnitesTheWindowsOfAHolderInAZone) {
    const BadgeAccess access({{kChoir, 0x8001, window(5, 6)},
                              {kChoir, 0x8001, window(1, 3)},
                              {kChoir, 0x8001, window(3, 4)},
                              {kChoir, 0x8002, window(1, 2)},
                              {kJudo, 0x8001, window(2, 3)}});
    EXPECT_EQ(access.schedules().size(), 3U);
    ASSERT_EQ(access.sets().size(), 2U);
    const auto set = access.set_of(kChoir);
    ASSERT_TRUE(set);
    EXPECT_NE(set, access.set_of(kJudo));
    EXPECT_EQ(access.set_of(kSomebody), std::nullopt);
    for (const auto& schedule : access.schedules()) {
        EXPECT_TRUE(schedule.of_bookings);
    }
    const auto longest = std::ranges::max_element(
        access.schedules(), {}, [](const auto& one) { return one.intervals.size(); });
    EXPECT_EQ(longest->intervals,
              (std::vector<policy::Interval>{
                  {policy::moment_of(kNow + hours{1}), policy::moment_of(kNow + hours{4})},
                  {policy::moment_of(kNow + hours{5}), policy::moment_of(kNow + hours{6})}}));
}

TEST(BadgeAccess, KeepsItsNumbersWhenOthersBook) {
    const BadgeAccess before({{kJudo, 0x8001, window(2, 3)}});
    const BadgeAccess after({{kChoir, 0x8001, window(2, 3)},
                             {kJudo, 0x8001, window(7, 9)},
                             {kSomebody, 0x8001, window(7, 9)}});
    EXPECT_EQ(before.set_of(kJudo), after.set_of(kJudo));
    EXPECT_EQ(after.sets().size(), 3U);
    EXPECT_EQ(before.set_of(kChoir), std::nullopt);
}

TEST(RecordInterval, StaysTheSameForAMonthAndNeverPasses400Days) {
    const Interval open{kNow - days{900}, kNow + days{900}};
    int changes = 0;
    auto last = record_interval(open, kNow);
    for (int day = 1; day <= 60; ++day) {
        const auto now = kNow + days{day};
        const auto next = record_interval(open, now);
        EXPECT_LE(next.until - next.from, policy::kLongestBadgeRecord);
        EXPECT_TRUE(next.holds(now));
        EXPECT_GE(next.until, now + days{360});
        changes += next == last ? 0 : 1;
        last = next;
    }
    EXPECT_EQ(changes, 2);
}

TEST(RecordInterval, EndsAtTheMinuteOfADeparture) {
    const Interval leaving{kNow - hours{1}, kNow + minutes{90}};
    EXPECT_EQ(record_interval(leaving, kNow).until, policy::moment_of(kNow + minutes{90}));
    EXPECT_EQ(record_interval(leaving, kNow).from, policy::moment_of(kNow - hours{1}));
}

TEST(NumberBytes, AreThoseOfTheCanonicalNumber) {
    EXPECT_EQ(number_bytes("04a26b3c"), (std::vector<std::uint8_t>{0x04, 0xA2, 0x6B, 0x3C}));
    EXPECT_TRUE(number_bytes("04a2zz3c").empty());
}

class BadgeKeyFile : public testing::Test {
  protected:
    support::ScratchFolder folder_;
    fs::path file_ = folder_.path() / "badges.key";
    std::array<std::uint8_t, BadgeKey::kSize> secret_{7};
};

TEST_F(BadgeKeyFile, IsReadByTheGroupAndOpensWhatTheServerSealed) {
    EXPECT_EQ(read_badge_key(file_), nullptr);
    lay_out_badge_key(file_, secret_);
    struct stat status{};
    ASSERT_EQ(::stat(file_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0640U);
    EXPECT_EQ(read_badge_key(file_)->open(BadgeKey(secret_).seal("04a26b3c")), "04a26b3c");
    const BadgeKey key(secret_);
    EXPECT_FALSE(key.open("")) << "no number was kept";
    EXPECT_NE(key.agent_key(TownId{1}, 1), key.agent_key(TownId{1}, 2));
    EXPECT_NE(key.agent_key(TownId{1}, 1), key.agent_key(TownId{2}, 1));
}

TEST_F(BadgeKeyFile, IsRefusedWhenOthersMayTouchIt) {
    lay_out_badge_key(file_, secret_);
    for (const auto more : {fs::perms::others_read, fs::perms::group_write}) {
        fs::permissions(file_, more, fs::perm_options::add);
        EXPECT_THROW(static_cast<void>(read_badge_key(file_)), std::runtime_error);
        EXPECT_THROW(lay_out_badge_key(file_, secret_), std::runtime_error);
        fs::permissions(file_, more, fs::perm_options::remove);
    }
    EXPECT_NE(read_badge_key(file_), nullptr);
}

}  // namespace
}  // namespace creneau::access
