#include "api/access/badge_rules.hpp"
#include "tests/api/arrivals/staff_town.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::arrivals {
namespace {

using access::BadgeState;
using std::chrono::days;
using std::chrono::seconds;

class Badges : public StaffTown {
  protected:
    people::Organised<access::Badge> change(
        const access::Badge& badge,
        people::Organised<access::Badge> (*how)(store::Session&, const access::ChangeBadge&),
        PersonId actor = kSacha) {
        const access::ChangeBadge order{by(actor), badge.id};
        return in_write([=](store::Session& session) { return how(session, order); });
    }
};
CRENEAU_ON_BOTH_ENGINES(Badges);

TEST_P(Badges, AreInThePolicyUntilLostOrReturned) {
    const auto one = give("04:A2:19:B2").value();
    const auto other = give("04a219b3", std::nullopt).value();
    EXPECT_EQ(in_policy(now_), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(change(one, access::report_badge_lost).value().state, BadgeState::lost);
    EXPECT_EQ(in_policy(now_), std::vector<std::int64_t>{2});
    EXPECT_EQ(change(other, access::take_badge_back).value().state, BadgeState::returned);
    EXPECT_TRUE(in_policy(now_).empty());
    session_->execute("UPDATE badges SET state = 'issued'");
    EXPECT_EQ(in_policy(now_).size(), 2U);
    session_->execute("UPDATE associations SET enabled = 0 WHERE id = 1");
    EXPECT_EQ(in_policy(now_).size(), 1U);
}

TEST_P(Badges, OpenForOneHolderAtATime) {
    const auto badge = give("04A219B2").value();
    EXPECT_EQ(codes(give("04-a2-19-b2", std::nullopt)), Codes{"number_taken"});
    ASSERT_TRUE(change(badge, access::report_badge_lost));
    EXPECT_EQ(codes(give("04A219B2", std::nullopt)), Codes{"number_taken"}) << "it may be found";
    ASSERT_TRUE(change(badge, access::take_badge_back));
    EXPECT_TRUE(give("04A219B2", std::nullopt));
}

TEST_P(Badges, AreTheAccessAdministratorsForStaffAndAssociations) {
    const auto badge = give("04A219B2").value();
    for (const auto actor : {kOffice, kNoa, kHr, kDominique}) {
        EXPECT_EQ(refusal(change(badge, access::report_badge_lost, actor)),
                  people::OrganisationRefusal::not_allowed);
    }
    EXPECT_EQ(codes(give("1", PersonId{2})), (Codes{"bad_number", "unknown_person"})) << "no staff";
    access::GiveBadge order{by(kSacha), "04A219B3", kDominique, booking::kChoir, {}, now_};
    EXPECT_EQ(codes(in_write([&](store::Session& session) {
                  return access::give_badge(session, key_, order);
              })),
              (Codes{"one_holder", "end_before_start"}));
    EXPECT_EQ(
        refusal(change({access::BadgeId{99}, {}, {}, {}, {}, {}, 0}, access::report_badge_lost)),
        people::OrganisationRefusal::unknown);
    EXPECT_TRUE(change(badge, access::report_badge_lost));
}

TEST_P(Badges, LeaveTheirNumberNowhereInTheClear) {
    ASSERT_TRUE(give("04A219B2"));
    const auto sealed = text("SELECT number_sealed FROM badges");
    const auto kept = sealed + text("SELECT number_mark FROM badges");
    EXPECT_EQ(kept.find("04a219b2"), std::string::npos);
    EXPECT_EQ(key_.open(sealed), "04a219b2");
    std::array<std::uint8_t, access::BadgeKey::kSize> other{8};
    EXPECT_FALSE(access::BadgeKey(other).open(sealed));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'badge_given'"), 1);
}

TEST(BadgeRules, SayWhenABadgeOpens) {
    access::HeldBadge held;
    held.badge.from = kNow;
    held.holder_enabled = true;
    EXPECT_EQ(policy_interval(held, kNow), (access::Interval{kNow, kNow + days(400)}));
    EXPECT_EQ(policy_interval(held, kNow - days(39))->start, kNow) << "named, and opens by itself";
    EXPECT_FALSE(policy_interval(held, kNow - days(40)));
    held.badge.until = kNow + days(2);
    held.holder_from = kNow + days(1);
    EXPECT_EQ(policy_interval(held, kNow), (access::Interval{kNow + days(1), kNow + days(2)}));
    EXPECT_EQ(policy_interval(held, kNow + days(1)),
              (access::Interval{kNow + days(1), kNow + days(2)}));
    held.holder_until = kNow + days(1) + seconds(1);
    EXPECT_EQ(policy_interval(held, kNow + days(1))->end, *held.holder_until)
        << "a door that hears nothing more refuses it then";
    EXPECT_FALSE(policy_interval(held, *held.holder_until));
    held.holder_from = held.holder_until;
    EXPECT_FALSE(policy_interval(held, kNow)) << "arrives as they leave";
    held.holder_from.reset();
    held.holder_enabled = false;
    EXPECT_FALSE(policy_interval(held, kNow + days(1)));
}

TEST(BadgeRules, ReadNumbersOfThreeFourFiveSevenAndTenBytes) {
    EXPECT_EQ(access::canonical_number("04:A2:19:B2"), "04a219b2");
    EXPECT_EQ(access::canonical_number("AB CD EF"), "abcdef");
    EXPECT_EQ(access::canonical_number("04a219b2c3d4e5"), "04a219b2c3d4e5");
    EXPECT_EQ(access::canonical_number("04A219B2C3"), "04a219b2c3");
    EXPECT_TRUE(access::canonical_number("00112233445566778899"));
    for (const auto* nonsense : {"", "04", "0", "04A2", "04A219B2C3D4", "0:4A219B2", "04A219G2",
                                 "04A219B2\n", "04_A219B"}) {
        EXPECT_FALSE(access::canonical_number(nonsense)) << nonsense;
    }
}

}  // namespace
}  // namespace creneau::arrivals
