#include "api/allocation/conflicts.hpp"
#include "api/allocation/placement.hpp"
#include "api/allocation/search.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace creneau::allocation {

namespace {

constexpr std::size_t kMostSteps = 200'000;

/// Branch and bound: wish after wish, each option that is free and none, as long as what is placed
/// and the most that the rest could add is worth more than the best seen.
class Solver {
  public:
    Solver(const Conflicts& conflicts, std::span<const std::size_t> group, Placement& best)
        : conflicts_(conflicts), order_(group.begin(), group.end()), best_(best), current_(best) {
        std::ranges::stable_sort(order_, std::ranges::greater(),
                                 [&](std::size_t wish) { return most_of(wish, nullptr); });
        for (const std::size_t wish : order_) {
            current_.take_away(wish);
        }
    }

    bool run() {
        step(0);
        return steps_ <= kMostSteps;
    }

  private:
    /// The most that the wish can be worth; with a placement, on what it leaves free.
    [[nodiscard]] std::int64_t most_of(std::size_t wish, const Placement* left) const {
        std::int64_t most = 0;
        for (OptionId option = conflicts_.first_of(wish); option < conflicts_.first_of(wish + 1);
             ++option) {
            if (left == nullptr || left->is_free(option)) {
                most = std::max(most, conflicts_.value_of(option));
            }
        }
        return most;
    }

    [[nodiscard]] std::int64_t bound(std::size_t depth) const {
        std::int64_t most = current_.value();
        for (std::size_t at = depth; at < order_.size(); ++at) {
            most += most_of(order_[at], &current_);
        }
        return most;
    }

    void step(std::size_t depth) {
        if (++steps_ > kMostSteps || bound(depth) <= best_.value()) {
            return;
        }
        if (depth == order_.size()) {
            best_ = current_;
            return;
        }
        const std::size_t wish = order_[depth];
        std::vector<OptionId> options;
        for (OptionId option = conflicts_.first_of(wish); option < conflicts_.first_of(wish + 1);
             ++option) {
            if (current_.is_free(option)) {
                options.push_back(option);
            }
        }
        std::ranges::stable_sort(options, std::ranges::greater(),
                                 [&](OptionId option) { return conflicts_.value_of(option); });
        for (const OptionId option : options) {
            current_.put(option);
            step(depth + 1);
            current_.take_away(wish);
        }
        step(depth + 1);
    }

    const Conflicts& conflicts_;
    std::vector<std::size_t> order_;
    Placement& best_;
    Placement current_;
    std::size_t steps_ = 0;
};

}  // namespace

bool solve_group(const Conflicts& conflicts, std::span<const std::size_t> group,
                 Placement& placement) {
    return Solver(conflicts, group, placement).run();
}

}  // namespace creneau::allocation
