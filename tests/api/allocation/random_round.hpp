#pragma once

#include "api/allocation/demand.hpp"
#include "api/allocation/propose.hpp"

#include <cstdint>
#include <random>
#include <vector>

namespace creneau::allocation {

/// How much is wished for of how much.
struct RoundSize {
    int wishes = 0;
    int spaces = 0;
    int days = 7;  ///< of the week that anything is wished for: on one, most wishes meet
};

/// Wishes as a town receives them: evenings and week-ends are in demand, one wish in five wants a
/// hall of two spaces, up to three rooms in order of preference.
[[nodiscard]] std::vector<Wish> random_round(const RoundSize& size, std::mt19937_64& random);

/// Minute by minute: does any space have two users? Shares nothing with the engine.
[[nodiscard]] bool overlaps(const std::vector<Wish>& wishes, const std::vector<Choice>& choices);

/// The points of these choices, counted anew.
[[nodiscard]] std::int64_t worth(const std::vector<Wish>& wishes,
                                 const std::vector<Choice>& choices);

/// The wishes served in a random order, each with the first of its options that is left. Shares
/// nothing with the engine.
[[nodiscard]] std::vector<Choice> first_come(const std::vector<Wish>& wishes,
                                             std::mt19937_64& random);

}  // namespace creneau::allocation
