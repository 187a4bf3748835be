#include "api/people/breached_passwords.hpp"

#include "api/people/breached_file.hpp"
#include "tests/support/breached_list.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace creneau::people {
namespace {

class BreachedFile : public testing::Test {
  protected:
    void write(const std::string& bytes) const {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    }
    /// A good file of so many passwords, "secret 0" among them.
    static std::string numbered(std::uint64_t count) {
        std::vector<std::uint64_t> entries;
        for (std::uint64_t i = 0; i < count; ++i) {
            entries.push_back(breached_entry_of("secret " + std::to_string(i)));
        }
        return breached_file_of(entries, {"numbers", "2020-01-02"});
    }
    std::string refusal() const {
        const auto opened = BreachedPasswords::open(file);
        return opened ? "" : opened.error();
    }

    support::ScratchFolder folder;
    std::filesystem::path file = folder.path() / "breached.bin";
};

TEST_F(BreachedFile, KnowsItsPasswordsAsTheyAreAndInLowerCase) {
    write(numbered(BreachedPasswords::kFewest));
    const auto list = BreachedPasswords::open(file);
    ASSERT_TRUE(list) << list.error();
    EXPECT_EQ(list->count(), BreachedPasswords::kFewest);
    EXPECT_EQ(list->source(), "numbers");
    EXPECT_EQ(list->date(), "2020-01-02");
    for (const auto* known : {"secret 0", "SECRET 0", "secret 99999", "Secret 50000"}) {
        EXPECT_TRUE(list->has(known)) << known;
    }
    for (const auto* unknown : {"secret 100000", "secret", "", "secret 0 "}) {
        EXPECT_FALSE(list->has(unknown)) << unknown;
    }
}

TEST_F(BreachedFile, IsRefusedWithTooFewPasswords) {
    write(numbered(BreachedPasswords::kFewest - 1));
    EXPECT_NE(refusal().find("holds 99999"), std::string::npos) << refusal();
    write(numbered(BreachedPasswords::kFewest));
    EXPECT_EQ(refusal(), "");
}

TEST_F(BreachedFile, IsRefusedWhenDamagedCutOrMissing) {
    EXPECT_NE(refusal().find("cannot be read"), std::string::npos) << refusal();
    const auto good = numbered(BreachedPasswords::kFewest);
    auto flipped = good;
    flipped[good.size() / 2] = static_cast<char>(flipped[good.size() / 2] ^ 1);
    for (const auto& bad : {flipped, good.substr(0, good.size() - 8), good.substr(0, 100),
                            good + "12345678", "X" + good.substr(1), std::string("password\n")}) {
        write(bad);
        EXPECT_NE(refusal().find("is damaged"), std::string::npos) << bad.size();
    }
    write(good);
    EXPECT_EQ(refusal(), "");
}

TEST(BreachedList, OfTheBuildIsAMillionPasswords) {
    const auto& list = support::breached_list();
    EXPECT_GE(list.count(), 990'000U);
    EXPECT_TRUE(list.source().starts_with("SecLists")) << list.source();
    EXPECT_EQ(list.date(), "2019-10-03");
    EXPECT_TRUE(list.has("123456789012"));
    EXPECT_TRUE(list.has("QwertyUiop123"));
    EXPECT_FALSE(list.has("correct horse battery"));
}

}  // namespace
}  // namespace creneau::people
