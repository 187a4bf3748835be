#include "door-agent/state_claim.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/readers/descriptor.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <tl/expected.hpp>

namespace creneau::door {
namespace {

/// flock(2) waits for ever or not at all: it is asked again until the deadline.
constexpr std::chrono::milliseconds kAgain{50};

}  // namespace

tl::expected<Descriptor, ClaimTrouble> claim_state(const std::filesystem::path& folder,
                                                   std::chrono::milliseconds limit) {
    Descriptor claimed(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const auto end = boot_now() + limit;
    while (!claimed.is_open() || flock(claimed.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return tl::unexpected(
                ClaimTrouble{false, fmt::format("{}: {}", folder.string(), std::strerror(errno))});
        }
        if (boot_now() >= end) {
            return tl::unexpected(ClaimTrouble{
                true, fmt::format("{}: another agent runs on it; stop that one", folder.string())});
        }
        std::this_thread::sleep_for(kAgain);
    }
    return claimed;
}

}  // namespace creneau::door
