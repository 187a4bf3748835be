#include "api/allocation/conflicts.hpp"
#include "api/allocation/placement.hpp"
#include "api/allocation/search.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace creneau::allocation {

namespace {

/// A shake is followed by a climb.
constexpr std::size_t kShakesPerWish = 10;
constexpr std::size_t kForcedPerShake = 3;

/// The losers of a forced move go where they still can, the most valuable first.
void resettle(const Conflicts& conflicts, std::vector<std::size_t> losers, Placement& placement) {
    std::ranges::stable_sort(losers, std::ranges::greater(), [&](std::size_t wish) {
        const auto best = placement.best_free(wish);
        return best ? conflicts.value_of(*best) : 0;
    });
    for (const std::size_t wish : losers) {
        if (const auto best = placement.best_free(wish)) {
            placement.put(*best);
        }
    }
}

/// One wish gets the option and its losers resettle, if that is worth it.
bool improve_by(const Conflicts& conflicts, OptionId option, Placement& placement) {
    const std::int64_t before = placement.value();
    const std::size_t wish = conflicts.wish_of(option);
    const auto had = placement.of(wish);
    if (had == option) {
        return false;
    }
    std::vector<std::pair<std::size_t, OptionId>> lost;
    for (const std::size_t holder : placement.holders_of(option)) {
        if (const auto old = placement.of(holder)) {
            lost.emplace_back(holder, *old);
        }
    }
    resettle(conflicts, placement.force(option), placement);
    if (placement.value() > before) {
        return true;
    }
    // Back to what it was: first everything that moved goes, then everything returns.
    placement.take_away(wish);
    for (const auto& [holder, old] : lost) {
        placement.take_away(holder);
    }
    for (const auto& [holder, old] : lost) {
        placement.put(old);
    }
    if (had) {
        placement.put(*had);
    }
    return false;
}

void climb(const Conflicts& conflicts, std::span<const std::size_t> group, Placement& placement) {
    for (bool better = true; better;) {
        better = false;
        for (const std::size_t wish : group) {
            for (OptionId option = conflicts.first_of(wish); option < conflicts.first_of(wish + 1);
                 ++option) {
                better = improve_by(conflicts, option, placement) || better;
            }
        }
    }
}

}  // namespace

void search_group(const Conflicts& conflicts, std::span<const std::size_t> group,
                  std::uint64_t seed, Placement& placement) {
    std::mt19937_64 random(seed);
    std::vector<std::size_t> order(group.begin(), group.end());
    std::vector<OptionId> options;
    for (const std::size_t wish : group) {
        for (OptionId option = conflicts.first_of(wish); option < conflicts.first_of(wish + 1);
             ++option) {
            options.push_back(option);
        }
    }
    if (options.empty()) {
        return;
    }
    climb(conflicts, order, placement);
    Placement best = placement;
    for (std::size_t shake = 0; shake < kShakesPerWish * group.size(); ++shake) {
        for (std::size_t forced = 0; forced < kForcedPerShake; ++forced) {
            resettle(conflicts, placement.force(options[random() % options.size()]), placement);
        }
        climb(conflicts, order, placement);
        if (placement.value() >= best.value()) {
            best = placement;
        } else {
            placement = best;
        }
    }
    placement = best;
}

}  // namespace creneau::allocation
