#pragma once

#include "door-agent/locks/lock.hpp"

#include <utility>
#include <vector>

namespace creneau::door::test {

/// Records what it was told; answers at once with `answer`.
class FakeLock : public Lock {
  public:
    void pulse(std::chrono::milliseconds duration, BootTime /*granted_at*/,
               LockDone done) override {
        pulses.push_back(duration);
        if (done) {
            done(answer);
        }
    }
    void hold(std::chrono::milliseconds /*lease*/, LockDone done) override {
        if (done) {
            done(answer);
        }
    }
    void release(LockDone done) override {
        ++releases;
        if (done) {
            done(LockResult::done);
        }
    }
    void read_back(RelayRead done) override {
        if (done) {
            done(RelayState::off);
        }
    }

    std::vector<std::chrono::milliseconds> pulses;
    int releases = 0;
    LockResult answer = LockResult::done;
};

}  // namespace creneau::door::test
