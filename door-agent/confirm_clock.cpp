#include "door-agent/clock/boot_time.hpp"
#include "door-agent/clock/clock.hpp"
#include "door-agent/clock/confirmation.hpp"
#include "door-agent/commands.hpp"
#include "door-agent/config.hpp"
#include "door-agent/sync/slot_file.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace creneau::door {
namespace {

/// Root leaves the word, the agent takes it: it must be able to read the file.
bool hand_over(const std::filesystem::path& file) {
    struct stat folder{};
    return ::stat(file.parent_path().c_str(), &folder) == 0 &&
           ::chown(file.c_str(), folder.st_uid, folder.st_gid) == 0;
}

}  // namespace

int confirm_clock(const Config& config, std::chrono::sys_seconds told, std::ostream& out) {
    const auto sample = sample_clock();
    const auto apart = std::chrono::abs(sample.wall - told);
    if (apart > kStepLimit) {
        out << fmt::format("the machine says {}, {} s from what you say: set its clock first\n",
                           text_of(sample.wall), apart.count());
        return kExitNo;
    }
    const ClockWord word{boot_id(), {sample.wall, sample.boot}};
    const auto text = text_of(word);
    const auto file = config.state_dir / kClockWordFile;
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    if (const auto trouble = replace_file(file, bytes); !trouble.empty()) {
        out << trouble << "\n";
        return kExitNo;
    }
    if (!hand_over(file)) {
        out << fmt::format("{}: cannot be given to the agent's user\n", file.string());
        return kExitNo;
    }
    out << fmt::format("{} is confirmed; the agent takes it up at once, or when it starts\n",
                       text_of(sample.wall));
    return kExitDone;
}

}  // namespace creneau::door
