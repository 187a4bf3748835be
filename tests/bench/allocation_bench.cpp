// A yearly round of 300 wishes for 12 spaces. Prints "NAME VALUE": the seed that drew it, what the
// engine's proposal is worth and how long it took, and the most that 20 other starts reach, of
// the engine and of a search that shares nothing with it.

#include "api/allocation/propose.hpp"
#include "random_round.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <random>

int main() {
    using namespace creneau::allocation;
    const std::uint64_t seed = std::random_device()();
    std::mt19937_64 random(seed);
    const auto wishes = random_round({300, 12}, random);
    const auto began = std::chrono::steady_clock::now();
    const auto proposal = propose(wishes, 1);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    std::int64_t best = 0;
    for (int restart = 0; restart < 20; ++restart) {
        best = std::max(best, propose(wishes, random()).value);
        best = std::max(best, worth(wishes, first_come(wishes, random)));
    }
    std::cout << "seed " << seed << "\npoints " << proposal.value << "\nproposal_ms "
              << took.count() << "\nbest_of_restarts " << best << '\n';
    return 0;
}
