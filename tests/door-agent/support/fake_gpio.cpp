#include "tests/door-agent/support/fake_gpio.hpp"

namespace creneau::door::test {

class FakeLines : public GpioLines {
  public:
    FakeLines(FakeChip& chip, LineChoice choice) : chip_(chip), choice_(std::move(choice)) {}
    ~FakeLines() override {
        const std::scoped_lock held(chip_.mutex_);
        for (const unsigned line : choice_.lines) {
            chip_.claimed_.erase(line);
        }
    }
    std::optional<unsigned> levels() override {
        const std::scoped_lock held(chip_.mutex_);
        if (chip_.gone_) {
            return std::nullopt;
        }
        unsigned levels = 0;
        for (std::size_t i = 0; i < choice_.lines.size(); ++i) {
            const auto found = chip_.levels_.find(choice_.lines[i]);
            const bool high = found == chip_.levels_.end() || found->second;
            levels |= high != choice_.active_low ? 1U << i : 0U;
        }
        return levels;
    }
    bool set(std::size_t line, bool active) override {
        const std::scoped_lock held(chip_.mutex_);
        const bool fails = chip_.gone_ || chip_.failing_ > 0;
        if (!chip_.gone_ && (!fails || chip_.executed_)) {
            chip_.write(choice_.lines.at(line), active != choice_.active_low);
        }
        chip_.failing_ -= chip_.failing_ > 0 ? 1 : 0;
        return !fails;
    }

  private:
    FakeChip& chip_;
    LineChoice choice_;
};

class FakeEdges : public GpioEdges {
  public:
    FakeEdges(FakeChip& chip, LineChoice choice) : chip_(chip), choice_(std::move(choice)) {}
    ~FakeEdges() override {
        const std::scoped_lock held(chip_.mutex_);
        for (const unsigned line : choice_.lines) {
            chip_.claimed_.erase(line);
        }
    }
    int descriptor(std::size_t line) const override {
        const std::scoped_lock held(chip_.mutex_);
        return chip_.descriptor_of(choice_.lines.at(line));
    }
    std::optional<std::vector<EdgeTime>> take(std::size_t line) override {
        const std::scoped_lock held(chip_.mutex_);
        if (chip_.gone_) {
            return std::nullopt;
        }
        eventfd_t count = 0;
        eventfd_read(chip_.descriptor_of(choice_.lines.at(line)), &count);
        return std::exchange(chip_.edges_[choice_.lines.at(line)], {});
    }

  private:
    FakeChip& chip_;
    LineChoice choice_;
};

std::unique_ptr<GpioLines> FakeGpio::outputs(const LineChoice& choice, std::string& why) {
    const std::scoped_lock held(chip_.mutex_);
    if (!claim(choice, why)) {
        return nullptr;
    }
    for (const unsigned line : choice.lines) {
        chip_.write(line, choice.active_low);
    }
    return std::make_unique<FakeLines>(chip_, choice);
}

std::unique_ptr<GpioLines> FakeGpio::inputs(const LineChoice& choice, std::string& why) {
    const std::scoped_lock held(chip_.mutex_);
    return claim(choice, why) ? std::make_unique<FakeLines>(chip_, choice) : nullptr;
}

std::unique_ptr<GpioEdges> FakeGpio::edges(const LineChoice& choice, std::string& why) {
    const std::scoped_lock held(chip_.mutex_);
    return claim(choice, why) ? std::make_unique<FakeEdges>(chip_, choice) : nullptr;
}

bool FakeGpio::claim(const LineChoice& choice, std::string& why) {
    const bool free = chip_.claim(choice.lines);
    why = free ? why : choice.chip + ": busy or gone";
    return free;
}

}  // namespace creneau::door::test
