#include "door-agent/clock/confirmation.hpp"
#include "door-agent/commands.hpp"
#include "door-agent/sync/slot_file.hpp"
#include "tests/door-agent/support/door_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <sstream>
#include <string>

namespace creneau::door {
namespace {

using namespace std::chrono_literals;

class ConfirmClock : public testing::Test {
  protected:
    ConfirmClock() { config_.state_dir = folder_.path(); }

    test::TempFolder folder_;
    Config config_;
    std::filesystem::path file_ = folder_.path() / kClockWordFile;
    std::ostringstream out_;
};

TEST_F(ConfirmClock, RefusesATimeThatTheMachineDoesNotShow) {
    for (const auto off : {-180s, 180s}) {
        EXPECT_EQ(confirm_clock(config_, sample_clock().wall + off, out_), kExitNo);
        EXPECT_FALSE(std::filesystem::exists(file_));
    }
    EXPECT_NE(out_.str().find("set its clock first"), std::string::npos);
    EXPECT_EQ(confirm_clock(config_, sample_clock().wall, out_), kExitDone);
}

TEST_F(ConfirmClock, LeavesAWordOfThisStartOfTheMachine) {
    ASSERT_EQ(confirm_clock(config_, sample_clock().wall + 60s, out_), kExitDone);
    const auto bytes = read_whole(file_, 200);
    ASSERT_TRUE(bytes);
    const auto word = clock_word_from(std::string(bytes->begin(), bytes->end()));
    ASSERT_TRUE(word);
    EXPECT_EQ(word->boot_id, boot_id());
    EXPECT_LE(deviation(word->at, sample_clock()), 2s);
}

}  // namespace
}  // namespace creneau::door
