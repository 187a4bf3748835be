#include "tests/door-agent/locks/board_process.hpp"

#include <gtest/gtest.h>

#include <string>

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

extern char** environ;

namespace creneau::door::test {
namespace {

struct Case {
    const char* name;
    const char* simulated;
    const char* how;
    double at_most;  ///< seconds energised after the kill
};

class Killed : public testing::TestWithParam<Case> {};

TEST_P(Killed, WhileEnergisedIsOffWithinThePulseOrTheWatchdog) {
    const Case& row = GetParam();
    BoardProcess board(BoardProcess::Line::tcp, row.simulated);
    std::string program = LOCK_HOLDER;
    std::string port = std::to_string(board.port());
    std::string how = row.how;
    std::string kind = row.simulated;
    char* argv[] = {program.data(), port.data(), how.data(), kind.data(), nullptr};
    pid_t child = -1;
    ASSERT_EQ(posix_spawn(&child, program.c_str(), nullptr, nullptr, argv, environ), 0);
    ASSERT_TRUE(eventually([&] { return board.times_on(0) == 1; }));
    const double killed_at = board.command("state")["t"];
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    ASSERT_TRUE(eventually([&] { return board.changes().size() >= 2; }));
    EXPECT_LE(board.changes()[1].t - killed_at, row.at_most);
    EXPECT_NE(board.changes()[1].cause, "write");
}

INSTANTIATE_TEST_SUITE_P(Endings, Killed,
                         testing::Values(Case{"Pulse", "waveshare", "pulse", 2.2},
                                         Case{"HoldOnAPulseBoard", "waveshare", "hold", 5.3},
                                         Case{"HoldOnAWatchdog", "watchdog", "hold", 1.5}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace creneau::door::test
