#include "api/people/account_key.hpp"

#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <sys/stat.h>

namespace creneau::people {
namespace {

class AccountKeyFile : public testing::Test {
  protected:
    support::TestDatabase place{store::Engine::sqlite, support::TestDatabase::Content::empty};
    std::filesystem::path file = std::filesystem::path(place.folder()) / "accounts.key";

    std::string refusal() const {
        try {
            (void)read_or_make_account_key(file);
            return "";
        } catch (const std::runtime_error& problem) {
            return problem.what();
        }
    }
};

TEST_F(AccountKeyFile, IsMadeOnceForItsUserAlone) {
    EXPECT_FALSE(account_key_problem(file)) << "the server makes it";
    const auto first = read_or_make_account_key(file).code_bytes("a row");
    struct stat status{};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(status.st_size, 32);
    EXPECT_EQ(read_or_make_account_key(file).code_bytes("a row"), first);
    EXPECT_NE(read_or_make_account_key(file).code_bytes("another row"), first);
    EXPECT_FALSE(account_key_problem(file));
    std::filesystem::remove(file);
    EXPECT_NE(read_or_make_account_key(file).code_bytes("a row"), first);
}

TEST_F(AccountKeyFile, IsRefusedWhereOthersMayTouchIt) {
    (void)read_or_make_account_key(file);
    for (const mode_t mode : {0640U, 0604U, 0620U, 0660U}) {
        ASSERT_EQ(::chmod(file.c_str(), mode), 0);
        EXPECT_NE(refusal().find("mode 0600"), std::string::npos) << std::oct << mode;
        EXPECT_TRUE(account_key_problem(file));
    }
    ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
    EXPECT_EQ(refusal(), "");
}

TEST_F(AccountKeyFile, IsRefusedUnlessItIsAFileOfThirtyTwoBytes) {
    for (const auto& content : {std::string(), std::string(31, 'k'), std::string(33, 'k')}) {
        std::ofstream(file, std::ios::trunc) << content;
        ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
        EXPECT_NE(refusal(), "") << content.size();
    }
    std::filesystem::remove(file);
    const auto real = file.string() + ".real";
    std::ofstream(real) << std::string(32, 'k');
    ASSERT_EQ(::chmod(real.c_str(), 0600), 0);
    std::filesystem::create_symlink(real, file);
    EXPECT_NE(refusal().find("is no file"), std::string::npos);
    std::filesystem::remove(file);
    EXPECT_EQ(refusal(), "");
}

}  // namespace
}  // namespace creneau::people
