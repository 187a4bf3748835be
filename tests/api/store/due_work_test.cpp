#include "api/store/due_work.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <latch>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace creneau::store {
namespace {

using std::chrono::sys_seconds;

constexpr sys_seconds kNow{std::chrono::seconds{1'796'000'000}};

/// Counts a latch down, once.
std::function<void(sys_seconds)> arriving(std::latch& latch) {
    return [&latch, done = false](sys_seconds) mutable {
        if (!std::exchange(done, true)) {
            latch.count_down();
        }
    };
}

TEST(DueWork, IsDoneThoughSomethingElseHangsAndThoughOneThrows) {
    std::latch done(2);
    std::vector<std::string> reported;
    std::vector<sys_seconds> instants;
    DueWork work({.works = {[&](sys_seconds now) {
                                instants.push_back(now);
                                throw std::runtime_error("out of order");
                            },
                            arriving(done)},
                  .now = [] { return kNow; },
                  .after = [&, once = arriving(done)]() mutable { once(kNow); },
                  .report = [&](const std::string& what) { reported.push_back(what); }});
    work.start();
    done.wait();  // on this thread, as a mail server that hangs would hold it
    work.stop();
    ASSERT_FALSE(instants.empty());
    EXPECT_EQ(instants.front(), kNow);
    EXPECT_EQ(reported.size(), instants.size());
    EXPECT_NE(reported.front().find("out of order"), std::string::npos);
}

TEST(DueWork, LooksAgainByItselfAndWhenWoken) {
    std::latch twice(2);
    std::latch woken(1);
    int looks = 0;
    DueWork work({.works = {[&](sys_seconds) {
                      if (++looks <= 2) {
                          twice.count_down();
                      } else if (looks == 3) {
                          woken.count_down();
                      }
                  }},
                  .now = [] { return kNow; },
                  .after = {},
                  .report = [](const std::string&) {}});
    work.start();
    twice.wait();
    work.wake();
    woken.wait();
    work.stop();
    const int looked = looks;
    work.wake();
    EXPECT_EQ(looks, looked) << "it has stopped";
}

}  // namespace
}  // namespace creneau::store
