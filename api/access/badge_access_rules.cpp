#include "api/access/badge_access_rules.hpp"

#include "api/access/access_types.hpp"
#include "policy/badge.hpp"
#include "policy/fingerprint.hpp"
#include "policy/schedule.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace creneau::access {
namespace {

constexpr std::chrono::days kSpan{30};

/// Stable numbers for texts: the first four bytes of their BLAKE2b-256, the next number where two
/// texts meet or where that is 0.
class Numbers {
  public:
    std::uint32_t of(const std::string& text) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
        const auto hash = policy::blake2b_256(std::span(bytes, text.size()));
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < sizeof number; ++i) {
            number = (number << 8U) | hash[i];
        }
        while (number == 0 || !taken_.insert(number).second) {
            ++number;
        }
        return number;
    }

  private:
    std::set<std::uint32_t> taken_;
};

using HolderKey = std::pair<std::string, std::int64_t>;
using Intervals = std::vector<policy::Interval>;

HolderKey key_of(const Holder& holder) {
    return {std::string(word_of(holder.kind)), holder.id};
}

/// Ascending, and those that overlap or touch are one.
Intervals united(Intervals intervals) {
    std::ranges::sort(intervals, {}, &policy::Interval::from);
    Intervals result;
    for (const auto& interval : intervals) {
        if (!result.empty() && interval.from <= result.back().until) {
            result.back().until = std::max(result.back().until, interval.until);
        } else if (interval.from < interval.until) {
            result.push_back(interval);
        }
    }
    return result;
}

std::string text_of(const HolderKey& holder, std::uint16_t zone) {
    std::string text = "windows|" + holder.first;
    text += '|';
    text += std::to_string(holder.second);
    text += '|';
    text += std::to_string(zone);
    return text;
}

std::string text_of(const std::vector<policy::AccessRule>& rules) {
    std::string text = "set";
    for (const auto& rule : rules) {
        text += '|';
        text += std::to_string(rule.scope);
        text += ':';
        text += std::to_string(static_cast<std::uint32_t>(rule.schedule));
    }
    return text;
}

/// Hours of a profile within the dates of a duty. Dates that cut nothing off are left out: then it
/// is the same for everybody whose duty goes on.
struct DutyHours {
    std::string text;
    Intervals intervals;
};

DutyHours hours_of(const HeldDuty& duty, const std::vector<ProfileDay>& profile) {
    DutyHours hours;
    bool cut_before = false;
    bool cut_after = false;
    for (const auto& day : profile) {
        const bool before = day.date < duty.from;
        const bool after = !duty.until.empty() && day.date > duty.until;
        cut_before = cut_before || before;
        cut_after = cut_after || after;
        if (!before && !after) {
            hours.intervals.push_back(
                {policy::moment_of(day.interval.start), policy::moment_of(day.interval.end)});
        }
    }
    hours.text = "profile|";
    hours.text += std::to_string(duty.profile);
    hours.text += '|';
    hours.text += cut_before ? duty.from : "";
    hours.text += '|';
    hours.text += cut_after ? duty.until : "";
    return hours;
}

/// Schedules by what they mean, and who has which of them in which zone.
struct Meanings {
    struct Meant {
        bool of_bookings = false;
        Intervals intervals;
    };
    std::map<std::string, Meant> schedules;
    std::map<HolderKey, std::set<std::pair<std::uint16_t, std::string>>> by_holder;
    std::map<HolderKey, Holder> holders;

    void add(const HolderWindow& one) {
        const auto key = key_of(one.holder);
        const auto text = text_of(key, one.zone);
        auto& meant = schedules[text];
        meant.of_bookings = true;
        meant.intervals.push_back(
            {policy::moment_of(one.window.start), policy::moment_of(one.window.end)});
        by_holder[key].emplace(one.zone, text);
        holders.emplace(key, one.holder);
    }

    void add(const HeldDuty& duty, const DutyAccess& by_duty) {
        const auto zones = by_duty.zones.find(duty.profile);
        const auto days = by_duty.days.find(duty.profile);
        if (zones == by_duty.zones.end() || days == by_duty.days.end()) {
            return;
        }
        auto hours = hours_of(duty, days->second);
        if (hours.intervals.empty()) {
            return;
        }
        const auto key = key_of(duty.holder);
        for (const auto zone : zones->second) {
            by_holder[key].emplace(zone, hours.text);
        }
        holders.emplace(key, duty.holder);
        schedules.try_emplace(hours.text, Meant{false, std::move(hours.intervals)});
    }
};

std::string text_of(const FreeHours& free) {
    std::string text("free|");
    text += std::to_string(free.door);
    return text;
}

Meanings meanings_of(const std::vector<HolderWindow>& windows, const DutyAccess& by_duty,
                     const std::vector<FreeHours>& free) {
    Meanings meanings;
    for (const auto& one : free) {
        auto& meant = meanings.schedules[text_of(one)];
        for (const auto& interval : one.intervals) {
            meant.intervals.push_back(
                {policy::moment_of(interval.start), policy::moment_of(interval.end)});
        }
    }
    for (const auto& one : windows) {
        meanings.add(one);
    }
    for (const auto& one : by_duty.duties) {
        meanings.add(one, by_duty);
    }
    return meanings;
}

}  // namespace

BadgeAccess::BadgeAccess(const std::vector<HolderWindow>& windows, const DutyAccess& by_duty,
                         const std::vector<FreeHours>& free) {
    auto meanings = meanings_of(windows, by_duty, free);
    Numbers schedule_numbers;
    Numbers set_numbers;
    std::map<std::string, policy::ScheduleId> numbered;
    for (auto& [text, meant] : meanings.schedules) {
        const policy::ScheduleId id{schedule_numbers.of(text)};
        numbered.emplace(text, id);
        schedules_.push_back({id, meant.of_bookings, united(std::move(meant.intervals))});
    }
    for (const auto& one : free) {
        free_.emplace(one.door, numbered.at(text_of(one)));
    }
    std::map<std::string, policy::AccessSetId> known;
    for (const auto& [holder, places] : meanings.by_holder) {
        std::vector<policy::AccessRule> rules;
        for (const auto& [zone, text] : places) {
            rules.push_back({zone, numbered.at(text)});
        }
        std::ranges::sort(rules);
        const auto text = text_of(rules);
        const auto found = known.find(text);
        const auto set =
            found != known.end() ? found->second : policy::AccessSetId{set_numbers.of(text)};
        if (found == known.end()) {
            known.emplace(text, set);
            sets_.push_back({set, std::move(rules)});
        }
        holders_.push_back({meanings.holders.at(holder), set});
    }
    std::ranges::sort(sets_, {}, &policy::AccessSet::id);
    std::ranges::sort(schedules_, {}, &policy::Schedule::id);
}

std::optional<policy::AccessSetId> BadgeAccess::set_of(const Holder& holder) const {
    const auto wanted = key_of(holder);
    const auto found = std::ranges::lower_bound(
        holders_, wanted, {}, [](const HolderSet& one) { return key_of(one.holder); });
    return found != holders_.end() && found->holder == holder ? std::optional(found->set)
                                                              : std::nullopt;
}

std::optional<policy::ScheduleId> BadgeAccess::free_access_of(std::uint16_t door) const {
    const auto found = free_.find(door);
    return found == free_.end() ? std::nullopt : std::optional(found->second);
}

policy::Interval record_interval(const Interval& valid, std::chrono::sys_seconds now) {
    const auto spans = now.time_since_epoch() / kSpan;
    const std::chrono::sys_seconds first{spans * kSpan};
    const std::chrono::sys_seconds last = first + 13 * kSpan;
    return {policy::moment_of(std::max(valid.start, first)),
            policy::moment_of(std::min(valid.end, last))};
}

std::vector<std::uint8_t> number_bytes(const std::string& canonical) {
    std::vector<std::uint8_t> bytes(canonical.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char* const at = canonical.data() + 2 * i;
        const auto [end, error] = std::from_chars(at, at + 2, bytes[i], 16);
        if (error != std::errc{} || end != at + 2) {
            return {};
        }
    }
    return bytes;
}

}  // namespace creneau::access
