#include "policy/memory.hpp"

#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

namespace creneau::policy {
namespace {

constexpr qr::PassId kPass{42};

Policy issued(std::chrono::sys_seconds at, std::vector<Revocation> revocations = {}) {
    Policy policy;
    policy.issued_at = at;
    policy.revocations = std::move(revocations);
    return policy;
}

TEST(Memory, MarksOnlyRise) {
    Memory memory;
    const auto end = pass_start();
    apply(memory, {RevisionMark{kPass, 3, end}, std::nullopt});
    apply(memory, {RevisionMark{kPass, 1, end + std::chrono::hours{1}}, std::nullopt});
    EXPECT_EQ(memory.revisions[kPass], (Memory::Ending{3, end + std::chrono::hours{1}}));
    apply(memory, {std::nullopt, UseMark{kPass, kHallDoor, end}});
    apply(memory, {std::nullopt, UseMark{kPass, kHallDoor, end - std::chrono::hours{1}}});
    EXPECT_EQ(memory.uses.at({kPass, kHallDoor}), end);
    EXPECT_FALSE(memory.uses.contains({kPass, kStreetDoor}));
}

TEST(Memory, KeepsARevocationThatANewerPolicyForgot) {
    Memory memory;
    merge(memory, issued(pass_start(), {{kPass, 2, pass_start()}}));
    merge(memory, issued(pass_start() + std::chrono::hours{1}));
    EXPECT_EQ(memory.revocations[kPass].revision, 2);
}

TEST(Memory, KeepsTheHigherRevisionAndTheLaterEnd) {
    Memory memory;
    const auto later = pass_start() + std::chrono::hours{5};
    merge(memory, issued(pass_start(), {{kPass, 2, later}}));
    merge(memory, issued(pass_start(), {{kPass, 0, pass_start()}}));
    EXPECT_EQ(memory.revocations[kPass], (Memory::Ending{2, later}));
    remember(memory, {kPass, 7, pass_start()});
    EXPECT_EQ(memory.revocations[kPass], (Memory::Ending{7, later}));
}

TEST(Memory, ForgetsByTheIssueTimeOfAPolicyOnly) {
    Memory memory;
    const auto end = pass_start();
    apply(memory, {RevisionMark{kPass, 1, end}, UseMark{kPass, kHallDoor, end}});
    remember(memory, {kPass, 0, end});
    const auto over = end + std::chrono::days{1} + std::chrono::seconds{300};
    merge(memory, issued(over - std::chrono::seconds{1}));
    EXPECT_EQ(memory.revisions.size() + memory.revocations.size() + memory.uses.size(), 3U);
    merge(memory, issued(over));
    EXPECT_EQ(memory, Memory{});
}

}  // namespace
}  // namespace creneau::policy
