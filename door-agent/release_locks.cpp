#include "door-agent/commands.hpp"
#include "door-agent/config.hpp"
#include "door-agent/door_buses.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>

namespace creneau::door {
namespace {

constexpr std::chrono::milliseconds kLimit{10'000};

}  // namespace

int release_locks(const Config& config, std::ostream& out) {
    auto buses = make_buses(config, {});
    buses.start();
    const auto unconfirmed = buses.release_all(kLimit);
    for (const auto& [key, lock] : buses.locks) {
        const bool missed =
            std::find(unconfirmed.begin(), unconfirmed.end(), key) != unconfirmed.end();
        out << "door " << key << ": "
            << (missed ? "NOT confirmed; hardware ends what is energised" : "released, reads off")
            << "\n";
    }
    return unconfirmed.empty() ? kExitDone : kExitNo;
}

}  // namespace creneau::door
