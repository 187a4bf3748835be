#include "api/audit/seals_file.hpp"

#include "api/audit/seal_store.hpp"
#include "tests/api/audit/audit_town.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>

namespace creneau::audit {
namespace {

KeptSeal seal(std::int64_t number, char digit) {
    KeptSeal seal;
    seal.text.number = number;
    seal.text.span.day = "2026-11-0" + std::to_string(number);
    seal.hash = std::string(64, digit);
    return seal;
}

class AuditSealsFile : public AuditTown {};
INSTANTIATE_TEST_SUITE_P(Files, AuditSealsFile, testing::Values(store::Engine::sqlite));

TEST_P(AuditSealsFile, KnowsWhatItWasToldOfEachChain) {
    {
        SealsFile file(file_);
        EXPECT_FALSE(file.exists());
        file.add_seal(kActivity, seal(1, 'a'), noon_of(2));
        file.add_seal(kActivity, seal(2, 'b'), noon_of(3));
        file.add_seal(kSecurity, seal(1, 'c'), noon_of(2));
        auto purged = seal(1, 'a');
        purged.purged_at = noon_of(9);
        file.add_purge(kActivity, purged);
    }
    const SealsFile file(file_);
    EXPECT_TRUE(file.exists());
    EXPECT_EQ(file.last_of(kActivity), 2);
    EXPECT_EQ(file.last_of(kSecurity), 1);
    EXPECT_EQ(file.last_of({kOtherTown, Log::activity}), 0);
    ASSERT_TRUE(file.find(kActivity, 1));
    EXPECT_EQ(file.find(kActivity, 1)->purged_at, noon_of(9));
    EXPECT_EQ(file.find(kActivity, 1)->written_at, noon_of(2));
    EXPECT_EQ(file.find(kSecurity, 1)->hash, std::string(64, 'c'));
    EXPECT_FALSE(file.find(kSecurity, 2));
    EXPECT_EQ(file.unreadable(), 0U);
}

TEST_P(AuditSealsFile, RemembersThatItWasToldTwoThings) {
    SealsFile file(file_);
    file.add_seal(kActivity, seal(1, 'a'), noon_of(2));
    file.add_seal(kActivity, seal(1, 'a'), noon_of(2));
    EXPECT_FALSE(file.find(kActivity, 1)->contradicted);
    file.add_seal(kActivity, seal(1, 'b'), noon_of(2));
    EXPECT_TRUE(file.find(kActivity, 1)->contradicted);
}

TEST_P(AuditSealsFile, PassesOverWhatIsNoLineOfOurs) {
    const std::string hash(64, 'a');
    std::ofstream(file_) << "\ncreneau-audit-2 seal 1 activity 1 2026-11-01 5 " << hash << "\n"
                         << "creneau-audit-1 seal x activity 1 2026-11-01 5 " << hash << "\n"
                         << "creneau-audit-1 seal 1 other 1 2026-11-01 5 " << hash << "\n"
                         << "creneau-audit-1 seal 1 activity -1 2026-11-01 5 " << hash << "\n"
                         << "creneau-audit-1 seal 1 activity 1 2026-11-01 5 a\n"
                         << "creneau-audit-1 seal 1 activity 1 2026-11-01 5 " << hash << " 6\n"
                         << "creneau-audit-1 seal 1 activity 2 2026-11-01 5 " << hash << "\n"
                         << "creneau-audit-1 seal 1 activity 3 2026-11-01 5 " << hash;
    const SealsFile file(file_);
    EXPECT_EQ(file.unreadable(), 8U);
    EXPECT_EQ(file.last_of(kActivity), 2);
}

}  // namespace
}  // namespace creneau::audit
