#include "door-agent/commands.hpp"
#include "door-agent/config.hpp"
#include "door-agent/door_buses.hpp"
#include "door-agent/state_claim.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>

namespace creneau::door {
namespace {

constexpr std::chrono::milliseconds kLimit{10'000};

}  // namespace

int release_locks(const Config& config, std::ostream& out) {
    const auto state = claim_state(config.state_dir, std::chrono::milliseconds{0});
    if (!state && state.error().is_taken) {
        out << state.error().text << "; it holds the locks\n";
        return kExitNo;
    }
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
