#include "door-agent/clock/clock.hpp"
#include "door-agent/door/agent.hpp"
#include "door-agent/door/step.hpp"
#include "door-agent/door/time_keeper.hpp"
#include "policy/policy.hpp"

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
        const auto age = parts_.time.age_of(*policy, look);
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

std::string Agent::metrics() const {
    const auto look = parts_.time.look();
    std::string text = "# TYPE creneau_clock gauge\n";
    const auto to = std::back_inserter(text);
    fmt::format_to(to, "creneau_clock{{state=\"{}\"}} 1\n", name(look.verdict.state));
    if (const auto* policy = parts_.policies.current(); policy != nullptr) {
        fmt::format_to(to, "# TYPE creneau_policy_age_seconds gauge\n{} {}\n",
                       "creneau_policy_age_seconds", parts_.time.age_of(*policy, look).count());
        fmt::format_to(to,
                       "# TYPE creneau_policy gauge\n{}{{generation=\"{}\",version=\"{}\"}} 1\n",
                       "creneau_policy", policy->order.generation, policy->order.version);
    }
    text += "# TYPE creneau_door gauge\n";
    for (const auto& [key, door] : doors_) {
        fmt::format_to(to, "creneau_door{{door=\"{}\",phase=\"{}\"}} 1\n", key,
                       word_of(phase_of(door.state)));
    }
    text += "# TYPE creneau_reads_total counter\n";
    for (const auto& [key, door] : doors_) {
        fmt::format_to(to, "creneau_reads_total{{door=\"{}\",outcome=\"granted\"}} {}\n", key,
                       door.granted);
        fmt::format_to(to, "creneau_reads_total{{door=\"{}\",outcome=\"refused\"}} {}\n", key,
                       door.refused);
    }
    text += "# TYPE creneau_reader_present gauge\n";
    for (const auto& [key, place] : parts_.readers) {
        fmt::format_to(to, "creneau_reader_present{{reader=\"{}\"}} {}\n", key,
                       lost_readers_.contains(key) ? 0 : 1);
    }
    return text;
}

}  // namespace creneau::door
