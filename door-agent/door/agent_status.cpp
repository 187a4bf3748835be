#include "door-agent/clock/clock.hpp"
#include "door-agent/door/agent.hpp"
#include "door-agent/door/step.hpp"
#include "policy/policy.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace creneau::door {
namespace {

std::string_view name_of(policy::Freshness freshness) {
    switch (freshness) {
        case policy::Freshness::fresh:
            return "fresh";
        case policy::Freshness::stale:
            return "stale";
        case policy::Freshness::expired:
            return "expired";
    }
    return "expired";
}

std::string word_for_level(std::optional<bool> level, std::string_view yes, std::string_view no) {
    return level ? fmt::format(", {}", *level ? yes : no) : std::string();
}

std::string line_of(const std::string& key, const DoorState& state) {
    const auto& levels = state.levels;
    return fmt::format("door {}: {}{}{}{}\n", key, word_of(phase_of(state)),
                       word_for_level(levels.open, "contact open", "contact closed"),
                       word_for_level(levels.exit, "exit asked for", "no exit asked for"),
                       word_for_level(levels.fire, "fire", "no fire"));
}

}  // namespace

std::string Agent::status() const {
    const auto look = parts_.time.look();
    std::string text =
        fmt::format("clock: {} ({})\n", name(look.verdict.state), name(look.verdict.reason));
    if (const auto* policy = parts_.policies.current(); policy == nullptr) {
        text += "policy: none\n";
    } else {
        const auto by_wall = look.sample.wall - policy->issued_at;
        const auto by_boot = parts_.time.clock_state(look).policy_age_at_least;
        const auto age = std::max(by_wall, by_boot);
        fmt::format_to(
            std::back_inserter(text), "policy: {}, generation {}, version {}, {} min old\n",
            name_of(policy::freshness(policy->settings, age)), policy->order.generation,
            policy->order.version, std::chrono::floor<std::chrono::minutes>(age).count());
    }
    for (const auto& [key, door] : doors_) {
        text += line_of(key, door.state);
    }
    for (const auto& [key, place] : parts_.readers) {
        fmt::format_to(std::back_inserter(text), "reader {}: {}\n", key,
                       lost_readers_.contains(key) ? "lost" : "present");
    }
    return text;
}

}  // namespace creneau::door
