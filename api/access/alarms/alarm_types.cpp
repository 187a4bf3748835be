#include "api/access/alarms/alarm_types.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace creneau::access {

namespace {

constexpr std::array<std::pair<AlarmKind, std::string_view>, 7> kWords{{
    {AlarmKind::forced, "forced"},
    {AlarmKind::held_open, "held_open"},
    {AlarmKind::foreign_write, "foreign_write"},
    {AlarmKind::agent_offline, "agent_offline"},
    {AlarmKind::policy_stale, "policy_stale"},
    {AlarmKind::clock_untrusted, "clock_untrusted"},
    {AlarmKind::journal_filling, "journal_filling"},
}};

}  // namespace

std::string_view word_of(AlarmKind kind) {
    return std::ranges::find(kWords, kind, &std::pair<AlarmKind, std::string_view>::first)->second;
}

std::optional<AlarmKind> alarm_kind_of(std::string_view word) {
    const auto* const found =
        std::ranges::find(kWords, word, &std::pair<AlarmKind, std::string_view>::second);
    return found == kWords.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace creneau::access
