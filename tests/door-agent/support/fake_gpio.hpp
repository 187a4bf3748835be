#pragma once

#include "door-agent/gpio/gpio.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sys/eventfd.h>
#include <unistd.h>

namespace creneau::door::test {

/// A simulated chip: its pins, who claimed them, what was written, and its faults. It outlives what
/// claims its lines; any thread.
class FakeChip {
  public:
    /// The level that a pin reads: high while nobody pulls it down.
    [[nodiscard]] bool level(unsigned line) const {
        const std::scoped_lock held(mutex_);
        const auto found = levels_.find(line);
        return found == levels_.end() || found->second;
    }
    void pull(unsigned line, bool high) {
        const std::scoped_lock held(mutex_);
        levels_[line] = high;
    }
    /// Writes are acknowledged and change nothing, as a pin that is shorted.
    void hold_pins(bool held_still) {
        const std::scoped_lock held(mutex_);
        held_ = held_still;
    }
    /// The next writes are answered with an error, executed or not.
    void fail_writes(int count, bool executed) {
        const std::scoped_lock held(mutex_);
        failing_ = count;
        executed_ = executed;
    }
    void unplug(bool gone) {
        const std::scoped_lock held(mutex_);
        gone_ = gone;
    }
    /// A falling edge at an instant of the kernel's clock.
    void edge(unsigned line, EdgeTime at) {
        const std::scoped_lock held(mutex_);
        edges_[line].push_back(at);
        eventfd_write(descriptor_of(line), 1);
    }
    /// Levels written to a line so far, the first at its claim.
    [[nodiscard]] std::vector<bool> written(unsigned line) const {
        const std::scoped_lock held(mutex_);
        const auto found = written_.find(line);
        return found == written_.end() ? std::vector<bool>{} : found->second;
    }
    [[nodiscard]] bool claimed(unsigned line) const {
        const std::scoped_lock held(mutex_);
        return claimed_.contains(line);
    }
    ~FakeChip() {
        for (const auto& [line, descriptor] : descriptors_) {
            close(descriptor);
        }
    }

  private:
    friend class FakeGpio;
    friend class FakeLines;
    friend class FakeEdges;

    bool claim(const std::vector<unsigned>& lines) {
        for (const unsigned line : lines) {
            if (gone_ || claimed_.contains(line)) {
                return false;
            }
        }
        claimed_.insert(lines.begin(), lines.end());
        return true;
    }
    void write(unsigned line, bool high) {
        written_[line].push_back(high);
        if (!held_) {
            levels_[line] = high;
        }
    }
    int descriptor_of(unsigned line) {
        if (!descriptors_.contains(line)) {
            descriptors_[line] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        }
        return descriptors_.at(line);
    }

    mutable std::mutex mutex_;
    std::map<unsigned, bool> levels_;
    std::map<unsigned, std::vector<bool>> written_;
    std::map<unsigned, std::vector<EdgeTime>> edges_;
    std::map<unsigned, int> descriptors_;
    std::set<unsigned> claimed_;
    bool gone_ = false;
    bool held_ = false;
    int failing_ = 0;
    bool executed_ = false;
};

/// Claims lines of the one chip.
class FakeGpio : public Gpio {
  public:
    explicit FakeGpio(FakeChip& chip) : chip_(chip) {}
    std::unique_ptr<GpioLines> outputs(const LineChoice& choice, std::string& why) override;
    std::unique_ptr<GpioLines> inputs(const LineChoice& choice, std::string& why) override;
    std::unique_ptr<GpioEdges> edges(const LineChoice& choice, std::string& why) override;

  private:
    bool claim(const LineChoice& choice, std::string& why);
    FakeChip& chip_;
};

}  // namespace creneau::door::test
