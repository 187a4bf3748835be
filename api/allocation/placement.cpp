#include "api/allocation/placement.hpp"

#include "api/allocation/conflicts.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::allocation {

Placement::Placement(const Conflicts& conflicts)
    : conflicts_(&conflicts),
      placed_(conflicts.wish_count()),
      blockers_(conflicts.option_count(), 0) {}

std::vector<std::size_t> Placement::holders_of(OptionId option) const {
    std::vector<std::size_t> holders;
    for (const OptionId other : conflicts_->against(option)) {
        if (placed_[conflicts_->wish_of(other)] == other) {
            holders.push_back(conflicts_->wish_of(other));
        }
    }
    return holders;
}

void Placement::put(OptionId option) {
    assert(is_free(option));
    const std::size_t wish = conflicts_->wish_of(option);
    take_away(wish);
    placed_[wish] = option;
    value_ += conflicts_->value_of(option);
    for (const OptionId other : conflicts_->against(option)) {
        ++blockers_[other];
    }
}

void Placement::take_away(std::size_t wish) {
    const auto had = placed_[wish];
    if (!had) {
        return;
    }
    value_ -= conflicts_->value_of(*had);
    for (const OptionId other : conflicts_->against(*had)) {
        --blockers_[other];
    }
    placed_[wish].reset();
}

std::vector<std::size_t> Placement::force(OptionId option) {
    auto losers = holders_of(option);
    for (const std::size_t loser : losers) {
        take_away(loser);
    }
    put(option);
    return losers;
}

std::optional<OptionId> Placement::best_free(std::size_t wish) const {
    const auto has = placed_[wish];
    std::int64_t most = has ? conflicts_->value_of(*has) : 0;
    std::optional<OptionId> best;
    for (OptionId option = conflicts_->first_of(wish); option < conflicts_->first_of(wish + 1);
         ++option) {
        if (is_free(option) && conflicts_->value_of(option) > most) {
            most = conflicts_->value_of(option);
            best = option;
        }
    }
    return best;
}

}  // namespace creneau::allocation
