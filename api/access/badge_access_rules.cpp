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

}  // namespace

BadgeAccess::BadgeAccess(const std::vector<HolderWindow>& windows) {
    std::map<HolderKey, std::map<std::uint16_t, Intervals>> by_holder;
    std::map<HolderKey, Holder> holders;
    for (const auto& one : windows) {
        by_holder[key_of(one.holder)][one.zone].push_back(
            {policy::moment_of(one.window.start), policy::moment_of(one.window.end)});
        holders.emplace(key_of(one.holder), one.holder);
    }
    Numbers schedule_numbers;
    Numbers set_numbers;
    std::map<std::string, policy::AccessSetId> known;
    for (auto& [holder, zones] : by_holder) {
        std::vector<policy::AccessRule> rules;
        for (auto& [zone, intervals] : zones) {
            const policy::ScheduleId id{schedule_numbers.of(text_of(holder, zone))};
            schedules_.push_back({id, true, united(std::move(intervals))});
            rules.push_back({zone, id});
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
        holders_.push_back({holders.at(holder), set});
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
