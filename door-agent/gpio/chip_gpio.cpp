#include "door-agent/gpio/chip_gpio.hpp"

#include "door-agent/gpio/gpio.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gpiod.h>
#include <poll.h>

namespace creneau::door {
namespace {

constexpr const char* kConsumer = "creneau-door-agent";
/// As many as the kernel keeps for one line.
constexpr unsigned kMostWaiting = 16;

struct Close {
    // Gives its lines back too.
    void operator()(gpiod_chip* chip) const { gpiod_chip_close(chip); }
};
using Chip = std::unique_ptr<gpiod_chip, Close>;

/// The lines of a choice, in its order, not yet claimed.
struct Opened {
    Chip chip;
    gpiod_line_bulk lines = GPIOD_LINE_BULK_INITIALIZER;
};

std::string error_of(const LineChoice& choice) {
    return choice.chip + ": " + std::strerror(errno);
}

std::optional<Opened> open_lines(const LineChoice& choice, std::string& why) {
    Opened opened;
    opened.chip.reset(gpiod_chip_open(choice.chip.c_str()));
    std::vector<unsigned> numbers = choice.lines;
    if (!opened.chip ||
        gpiod_chip_get_lines(opened.chip.get(), numbers.data(),
                             static_cast<unsigned>(numbers.size()), &opened.lines) != 0) {
        why = error_of(choice);
        return std::nullopt;
    }
    return opened;
}

class ChipLines : public GpioLines {
  public:
    explicit ChipLines(Opened opened) : opened_(std::move(opened)) {}

    std::optional<unsigned> levels() override {
        std::array<int, GPIOD_LINE_BULK_MAX_LINES> values{};
        if (gpiod_line_get_value_bulk(&opened_.lines, values.data()) != 0) {
            return std::nullopt;
        }
        unsigned levels = 0;
        for (unsigned i = 0; i < gpiod_line_bulk_num_lines(&opened_.lines); ++i) {
            levels |= values.at(i) != 0 ? 1U << i : 0U;
        }
        return levels;
    }

    /// All lines at once, as the kernel wants them that were claimed at once.
    bool set(std::size_t line, bool active) override {
        values_.at(line) = active ? 1 : 0;
        return gpiod_line_set_value_bulk(&opened_.lines, values_.data()) == 0;
    }

  private:
    Opened opened_;
    std::array<int, GPIOD_LINE_BULK_MAX_LINES> values_{};
};

class ChipEdges : public GpioEdges {
  public:
    explicit ChipEdges(Opened opened) : opened_(std::move(opened)) {}

    int descriptor(std::size_t line) const override {
        return gpiod_line_event_get_fd(opened_.lines.lines[line]);
    }

    std::optional<std::vector<EdgeTime>> take(std::size_t line) override {
        std::vector<EdgeTime> times;
        pollfd waiting{descriptor(line), POLLIN, 0};
        while (poll(&waiting, 1, 0) > 0) {
            std::array<gpiod_line_event, kMostWaiting> events{};
            const int got =
                gpiod_line_event_read_fd_multiple(waiting.fd, events.data(), kMostWaiting);
            if (got <= 0) {
                return std::nullopt;
            }
            for (int i = 0; i < got; ++i) {
                const auto& at = events.at(static_cast<std::size_t>(i)).ts;
                times.push_back(std::chrono::seconds(at.tv_sec) +
                                std::chrono::nanoseconds(at.tv_nsec));
            }
        }
        return times;
    }

  private:
    Opened opened_;
};

int flags_of(const LineChoice& choice, int more) {
    return more | (choice.active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0);
}

}  // namespace

std::unique_ptr<GpioLines> ChipGpio::outputs(const LineChoice& choice, std::string& why) {
    auto opened = open_lines(choice, why);
    const std::array<int, GPIOD_LINE_BULK_MAX_LINES> inactive{};
    if (opened && gpiod_line_request_bulk_output_flags(&opened->lines, kConsumer,
                                                       flags_of(choice, 0), inactive.data()) != 0) {
        why = error_of(choice);
        return nullptr;
    }
    return opened ? std::make_unique<ChipLines>(*std::move(opened)) : nullptr;
}

std::unique_ptr<GpioLines> ChipGpio::inputs(const LineChoice& choice, std::string& why) {
    auto opened = open_lines(choice, why);
    if (opened && gpiod_line_request_bulk_input_flags(
                      &opened->lines, kConsumer,
                      flags_of(choice, GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP)) != 0) {
        why = error_of(choice);
        return nullptr;
    }
    return opened ? std::make_unique<ChipLines>(*std::move(opened)) : nullptr;
}

std::unique_ptr<GpioEdges> ChipGpio::edges(const LineChoice& choice, std::string& why) {
    auto opened = open_lines(choice, why);
    if (opened && gpiod_line_request_bulk_falling_edge_events_flags(
                      &opened->lines, kConsumer, GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP) != 0) {
        why = error_of(choice);
        return nullptr;
    }
    return opened ? std::make_unique<ChipEdges>(*std::move(opened)) : nullptr;
}

}  // namespace creneau::door
