#include "api/privacy/erasure_ledger.hpp"

#include "api/people/ids.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace creneau::privacy {
namespace {

constexpr Erasure kFirst{people::TownId{1}, people::PersonId{7},
                         std::chrono::sys_seconds{std::chrono::seconds{1'796'000'000}}};
constexpr Erasure kSecond{people::TownId{2}, people::PersonId{12},
                          std::chrono::sys_seconds{std::chrono::seconds{1'796'000'100}}};

class Ledger : public testing::Test {
  protected:
    std::string text() {
        std::ifstream in(folder_ / "kept/erasures");
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void append(const std::string& what) {
        std::ofstream(folder_ / "kept/erasures", std::ios::app) << what;
    }

    support::ScratchFolder scratch_;
    std::filesystem::path folder_ = scratch_.path();
    ErasureLedger ledger() { return ErasureLedger(folder_ / "kept"); }
};

TEST_F(Ledger, IsEmptyAndMakesNothingUntilSomebodyIsErased) {
    EXPECT_TRUE(ledger().read().erasures.empty());
    EXPECT_FALSE(std::filesystem::exists(folder_ / "kept"));
}

TEST_F(Ledger, SaysIdsAndInstantsForItsOwnerOnly) {
    ledger().add(kFirst);
    ledger().add(kSecond);
    ledger().add(kFirst);
    EXPECT_EQ(text(),
              "creneau-erasures-1 1 7 1796000000 person\n"
              "creneau-erasures-1 2 12 1796000100 person\n");
    const auto rights = std::filesystem::status(folder_ / "kept/erasures").permissions();
    EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto content = ledger().read();
    ASSERT_EQ(content.erasures.size(), 2U);
    EXPECT_EQ(content.erasures[1].town, kSecond.town);
    EXPECT_EQ(content.erasures[1].person, kSecond.person);
    EXPECT_EQ(content.erasures[1].at, kSecond.at);
    EXPECT_EQ(content.unreadable, 0U);
}

TEST_F(Ledger, PassesOverWhatACrashCutShortAndGoesOnAfterIt) {
    ledger().add(kFirst);
    append("creneau-erasures-1 2 1");
    EXPECT_EQ(ledger().read().erasures.size(), 1U);
    EXPECT_EQ(ledger().read().unreadable, 0U);
    ledger().add(kSecond);
    EXPECT_EQ(ledger().read().erasures.size(), 2U);
    EXPECT_EQ(ledger().read().unreadable, 0U);
}

TEST_F(Ledger, CountsLinesThatAreNoneOfItsOwn) {
    ledger().add(kFirst);
    for (const auto* const line :
         {"", "creneau-erasures-2 1 8 1 person", "creneau-erasures-1 1 8",
          "creneau-erasures-1 1 -8 1 person", "creneau-erasures-1 1 8 1 person x", "hello"}) {
        append(std::string(line) + "\n");
    }
    EXPECT_EQ(ledger().read().erasures.size(), 1U);
    EXPECT_EQ(ledger().read().unreadable, 6U);
}

TEST_F(Ledger, IsReadWhateverItsLength) {
    ledger().add(kFirst);
    std::string lines;
    constexpr int kMany = 20'000;
    for (int person = 100; person < 100 + kMany; ++person) {
        lines.append("creneau-erasures-1 1 ").append(std::to_string(person)).append(" 1 person\n");
    }
    append(lines);
    append(lines);
    EXPECT_EQ(ledger().read().erasures.size(), 1U + kMany);
}

}  // namespace
}  // namespace creneau::privacy
