#include "api/allocation/conflicts.hpp"

#include "api/allocation/demand.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace creneau::allocation {

namespace {

/// A stretch of one week that an option takes of a space.
struct Taking {
    std::chrono::minutes from;
    std::chrono::minutes until;
    OptionId option;
};

using TakingsBySpace = std::map<std::int64_t, std::vector<Taking>>;

void add_takings(const Option& option, OptionId id, TakingsBySpace& takings) {
    for (const std::int64_t space : option.spaces) {
        auto& of_space = takings[space];
        of_space.push_back({option.at.from, std::min(option.at.until, kWeek), id});
        if (option.at.until > kWeek) {
            of_space.push_back({std::chrono::minutes(0), option.at.until - kWeek, id});
        }
    }
}

}  // namespace

Conflicts::Conflicts(std::span<const Wish> wishes) {
    TakingsBySpace takings;
    for (std::size_t wish = 0; wish < wishes.size(); ++wish) {
        first_.push_back(wish_.size());
        for (const Option& option : wishes[wish].options) {
            add_takings(option, wish_.size(), takings);
            wish_.push_back(wish);
            value_.push_back(option.value);
        }
    }
    first_.push_back(wish_.size());
    against_.resize(wish_.size());
    for (auto& [space, of_space] : takings) {
        std::ranges::sort(of_space, {}, &Taking::from);
        for (auto one = of_space.begin(); one != of_space.end(); ++one) {
            for (auto other = one + 1; other != of_space.end() && other->from < one->until;
                 ++other) {
                if (wish_[one->option] != wish_[other->option]) {
                    against_[one->option].push_back(other->option);
                    against_[other->option].push_back(one->option);
                }
            }
        }
    }
    for (auto& others : against_) {
        std::ranges::sort(others);
        const auto twice = std::ranges::unique(others);
        others.erase(twice.begin(), twice.end());
    }
}

void Conflicts::add_rivals_of(std::size_t wish, std::vector<bool>& seen,
                              std::vector<std::size_t>& group) const {
    for (OptionId option = first_of(wish); option < first_of(wish + 1); ++option) {
        for (const OptionId other : against(option)) {
            if (!seen[wish_of(other)]) {
                seen[wish_of(other)] = true;
                group.push_back(wish_of(other));
            }
        }
    }
}

std::vector<std::vector<std::size_t>> Conflicts::groups() const {
    std::vector<std::vector<std::size_t>> groups;
    std::vector<bool> seen(wish_count(), false);
    for (std::size_t start = 0; start < wish_count(); ++start) {
        if (seen[start]) {
            continue;
        }
        std::vector<std::size_t> group{start};
        seen[start] = true;
        for (std::size_t at = 0; at < group.size(); ++at) {
            add_rivals_of(group[at], seen, group);
        }
        std::ranges::sort(group);
        groups.push_back(std::move(group));
    }
    return groups;
}

}  // namespace creneau::allocation
