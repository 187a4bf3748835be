#include "api/access/commands/command_rules.hpp"

#include "api/access/commands/command_types.hpp"
#include "api/people/organisations/organisation_error.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::access {

namespace {

constexpr std::array<std::string_view, 6> kGrounds{"visitor",     "delivery",  "lost_credential",
                                                   "maintenance", "emergency", "other"};

std::string grounds() {
    std::string text;
    for (const std::string_view ground : kGrounds) {
        text += text.empty() ? "" : ", ";
        text += ground;
    }
    return text;
}

}  // namespace

std::string_view word_of(CommandState state) {
    switch (state) {
        case CommandState::offered:
            return "offered";
        case CommandState::taken:
            return "taken";
        case CommandState::lapsed:
            return "lapsed";
    }
    return "lapsed";
}

std::vector<people::FieldFault> faults_of(const CommandWish& wish, const CommandFacts& facts) {
    std::vector<people::FieldFault> faults;
    if (std::ranges::find(kGrounds, wish.ground) == kGrounds.end()) {
        faults.push_back(
            {"ground", "unknown_ground", "Attendu : " + grounds(), "Expected: " + grounds()});
    }
    if (wish.end && (*wish.end <= facts.now || *wish.end > facts.now + kLongestFreeAccess)) {
        faults.push_back({"until", "out_of_range", "Dans les douze heures qui viennent.",
                          "Within the next twelve hours."});
    }
    if (!facts.in_service) {
        faults.push_back(
            {"", "door_out_of_service",
             "La porte est hors service ou le site confiné : elle ne s’ouvre à personne.",
             "The door is out of service or its site locked down: it opens to nobody."});
    }
    if (!facts.is_online) {
        faults.push_back({"", "agent_offline",
                          "Le contrôleur de la porte n’est pas joint : rien n’est mis en attente.",
                          "The door's agent is not connected: nothing is queued."});
    }
    if (facts.recent >= kMostCommands) {
        faults.push_back({"", "too_many_commands",
                          "Dix ordres en dix minutes, pas davantage : réessayez plus tard.",
                          "Ten orders in ten minutes and no more: try again later."});
    }
    return faults;
}

CommandState state_of(const DoorCommand& command, std::chrono::sys_seconds now) {
    if (command.taken_at) {
        return CommandState::taken;
    }
    return now < command.offered_to ? CommandState::offered : CommandState::lapsed;
}

}  // namespace creneau::access
