#include "api/profiles/door_option_rules.hpp"

#include "api/people/organisations/organisation_error.hpp"
#include "api/profiles/profile_rules.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::profiles {
namespace {

using people::FieldFault;

constexpr std::array<std::string_view, 3> kRelocks{"on_closing", "on_opening", "after_time"};
constexpr std::array<std::string_view, 3> kPassbacks{"off", "soft", "hard"};
constexpr std::int64_t kLongestUnlock = 60'000;
constexpr std::int64_t kLongestHeldOpen = 3'600;
constexpr std::int64_t kLongestPassbackMin = 1'440;

bool is_one_of(const std::array<std::string_view, 3>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
}

FieldFault between(const std::string& field, std::int64_t low, std::int64_t high) {
    const auto range = std::to_string(low) + " – " + std::to_string(high);
    return {field, "out_of_range", "Attendu : " + range + '.', "Expected: " + range + '.'};
}

void check_times(const DoorOptions& options, std::int64_t unlock_ms,
                 std::vector<FieldFault>& faults) {
    if (options.longer_unlock_ms < unlock_ms || options.longer_unlock_ms > kLongestUnlock) {
        faults.push_back(between("longer_unlock_ms", unlock_ms, kLongestUnlock));
    }
    if (options.held_open_s < 0 || options.held_open_s > kLongestHeldOpen) {
        faults.push_back(between("held_open_s", 0, kLongestHeldOpen));
    }
    const std::int64_t latest = std::max<std::int64_t>(options.held_open_s - 1, 0);
    if (options.pre_alarm_s < 0 || options.pre_alarm_s > latest) {
        faults.push_back(between("pre_alarm_s", 0, latest));
    }
}

void check_passback(const DoorOptions& options, std::vector<FieldFault>& faults) {
    if (!is_one_of(kPassbacks, options.passback)) {
        faults.push_back({"passback", "unknown_word", "Attendu : off, soft ou hard.",
                          "Expected: off, soft or hard."});
        return;
    }
    const bool off = options.passback == "off";
    const std::int64_t low = off ? 0 : 1;
    const std::int64_t high = off ? 0 : kLongestPassbackMin;
    if (options.passback_min < low || options.passback_min > high) {
        faults.push_back(between("passback_min", low, high));
    }
}

}  // namespace

std::vector<FieldFault> faults_in(const DoorOptions& options,
                                  const std::vector<HoursForm>& free_access,
                                  std::int64_t unlock_ms) {
    std::vector<FieldFault> faults;
    check_times(options, unlock_ms, faults);
    if (!is_one_of(kRelocks, options.relock)) {
        faults.push_back({"relock", "unknown_word",
                          "Attendu : on_closing, on_opening ou after_time.",
                          "Expected: on_closing, on_opening or after_time."});
    }
    check_passback(options, faults);
    for (auto& fault : faults_in(free_access, "free_access")) {
        faults.push_back(std::move(fault));
    }
    if (options.free_after_first && free_access.empty()) {
        faults.push_back({"free_after_first", "no_free_access",
                          "Indiquez d'abord les heures d'accès libre.",
                          "Say the hours of free access first."});
    }
    return faults;
}

}  // namespace creneau::profiles
