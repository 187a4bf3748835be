#include "api/people/roles/administrator_rules.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

namespace creneau::people {

std::optional<std::chrono::sys_seconds> first_without(std::vector<AdministratorStay> stays,
                                                      std::chrono::sys_seconds now) {
    std::ranges::sort(stays, {}, [](const AdministratorStay& stay) {
        return stay.from.value_or(std::chrono::sys_seconds::min());
    });
    auto reached = now;
    for (const AdministratorStay& stay : stays) {
        if (stay.from && *stay.from > reached) {
            break;
        }
        if (!stay.until) {
            return std::nullopt;
        }
        reached = std::max(reached, *stay.until);
    }
    return reached;
}

bool leaves_none(const std::vector<AdministratorStay>& stays, const AdministratorChange& change,
                 std::chrono::sys_seconds now) {
    auto after = stays;
    std::erase_if(after,
                  [&](const AdministratorStay& stay) { return stay.person == change.person; });
    if (after.size() == stays.size()) {
        return false;
    }
    if (change.changed) {
        after.push_back(*change.changed);
    }
    const auto without = first_without(std::move(after), now);
    const auto before = first_without(stays, now);
    return without && (!before || *without < *before);
}

}  // namespace creneau::people
