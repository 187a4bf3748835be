#include "random_round.hpp"

#include "api/allocation/demand.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace creneau::allocation {

namespace {

int below(int limit, std::mt19937_64& random) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(limit));
}

bool clash(const Option& one, const Option& other) {
    return one.at.from < other.at.until && other.at.from < one.at.until &&
           std::ranges::find_first_of(one.spaces, other.spaces) != one.spaces.end();
}

}  // namespace

std::vector<Wish> random_round(const RoundSize& size, std::mt19937_64& random) {
    constexpr std::array kStarts{9, 14, 17, 18, 18, 19, 19, 20};
    std::vector<Wish> wishes;
    for (int number = 0; number < size.wishes; ++number) {
        const int day = below(size.days, random);
        const int hour = kStarts[static_cast<std::size_t>(below(kStarts.size(), random))];
        const std::chrono::minutes from{(day * 24 + hour) * 60 + 30 * below(2, random)};
        const std::chrono::minutes length{60 + 30 * below(5, random)};
        const int points = 200 + below(800, random);
        const bool is_large = below(5, random) == 0;
        Wish wish;
        for (int preference = 0; preference < 1 + below(3, random); ++preference) {
            Option option;
            option.spaces.push_back(below(size.spaces, random));
            if (is_large) {
                option.spaces.push_back((option.spaces.front() + 1) % size.spaces);
            }
            option.at = {from, from + length};
            option.value = points * (100 - 15 * preference) / 100;
            wish.options.push_back(std::move(option));
        }
        wishes.push_back(std::move(wish));
    }
    return wishes;
}

bool overlaps(const std::vector<Wish>& wishes, const std::vector<Choice>& choices) {
    std::set<std::pair<std::int64_t, std::int64_t>> taken;  // space, minute of the week
    for (std::size_t wish = 0; wish < wishes.size(); ++wish) {
        if (!choices[wish]) {
            continue;
        }
        const Option& option = wishes[wish].options.at(*choices[wish]);
        const std::set<std::int64_t> spaces(option.spaces.begin(), option.spaces.end());
        for (const std::int64_t space : spaces) {
            for (auto minute = option.at.from; minute < option.at.until; ++minute) {
                if (!taken.emplace(space, minute.count() % kWeek.count()).second) {
                    return true;
                }
            }
        }
    }
    return false;
}

std::int64_t worth(const std::vector<Wish>& wishes, const std::vector<Choice>& choices) {
    std::int64_t points = 0;
    for (std::size_t wish = 0; wish < wishes.size(); ++wish) {
        points += choices[wish] ? wishes[wish].options.at(*choices[wish]).value : 0;
    }
    return points;
}

std::vector<Choice> first_come(const std::vector<Wish>& wishes, std::mt19937_64& random) {
    std::vector<std::size_t> order(wishes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::shuffle(order, random);
    std::vector<Choice> choices(wishes.size());
    std::vector<Option> granted;
    for (const std::size_t wish : order) {
        const auto& options = wishes[wish].options;
        const auto left = std::ranges::find_if(options, [&](const Option& option) {
            return std::ranges::none_of(granted,
                                        [&](const Option& other) { return clash(option, other); });
        });
        if (left != options.end()) {
            choices[wish] = static_cast<std::size_t>(left - options.begin());
            granted.push_back(*left);
        }
    }
    return choices;
}

}  // namespace creneau::allocation
