#include "api/allocation/propose.hpp"

#include "api/allocation/conflicts.hpp"
#include "api/allocation/demand.hpp"
#include "api/allocation/placement.hpp"
#include "api/allocation/search.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace creneau::allocation {

namespace {

/// What is settled is granted first; then its wish is nobody's to decide, and what it excludes is
/// gone for the others.
std::vector<std::size_t> settle(const Conflicts& conflicts, std::span<const Pin> pins,
                                Placement& placement) {
    std::vector<std::size_t> open;
    for (std::size_t wish = 0; wish < conflicts.wish_count(); ++wish) {
        const Pin pin = wish < pins.size() ? pins[wish] : Pin();
        if (!pin) {
            open.push_back(wish);
            continue;
        }
        if (const Choice& choice = *pin) {
            const OptionId option = conflicts.first_of(wish) + *choice;
            if (option >= conflicts.first_of(wish + 1) || !placement.is_free(option)) {
                throw std::invalid_argument("the option pinned for wish " + std::to_string(wish) +
                                            " does not exist or is not free");
            }
            placement.put(option);
        }
    }
    return open;
}

/// The wishes that are open, with the options that are still free.
struct Rest {
    std::vector<Wish> wishes;
    std::vector<std::size_t> wish_of;                 ///< number among all wishes
    std::vector<std::vector<std::size_t>> option_of;  ///< number among all its options
};

Rest rest_of(std::span<const Wish> wishes, const Conflicts& conflicts, const Placement& settled,
             const std::vector<std::size_t>& open) {
    Rest rest;
    for (const std::size_t wish : open) {
        Wish left;
        std::vector<std::size_t> numbers;
        for (std::size_t option = 0; option < wishes[wish].options.size(); ++option) {
            if (settled.is_free(conflicts.first_of(wish) + option)) {
                left.options.push_back(wishes[wish].options[option]);
                numbers.push_back(option);
            }
        }
        rest.wishes.push_back(std::move(left));
        rest.wish_of.push_back(wish);
        rest.option_of.push_back(std::move(numbers));
    }
    return rest;
}

}  // namespace

Proposal propose(std::span<const Wish> wishes, std::uint64_t seed, std::span<const Pin> pins) {
    const Conflicts all(wishes);
    Placement settled(all);
    const Rest rest = rest_of(wishes, all, settled, settle(all, pins, settled));
    const Conflicts conflicts(rest.wishes);
    Placement placement(conflicts);
    Proposal proposal;
    proposal.is_optimal = true;
    for (const auto& group : conflicts.groups()) {
        search_group(conflicts, group, seed, placement);
        proposal.is_optimal = solve_group(conflicts, group, placement) && proposal.is_optimal;
    }
    proposal.choices.resize(wishes.size());
    for (std::size_t wish = 0; wish < wishes.size(); ++wish) {
        if (const auto option = settled.of(wish)) {
            proposal.choices[wish] = *option - all.first_of(wish);
        }
    }
    for (std::size_t at = 0; at < rest.wishes.size(); ++at) {
        if (const auto option = placement.of(at)) {
            proposal.choices[rest.wish_of[at]] =
                rest.option_of[at][*option - conflicts.first_of(at)];
        }
    }
    proposal.value = settled.value() + placement.value();
    return proposal;
}

std::vector<std::size_t> holders_of(std::span<const Wish> wishes, const Proposal& proposal,
                                    std::size_t wish, std::size_t option) {
    const Conflicts conflicts(wishes);
    Placement placement(conflicts);
    for (std::size_t other = 0; other < wishes.size(); ++other) {
        if (const Choice& choice = proposal.choices[other]) {
            placement.put(conflicts.first_of(other) + *choice);
        }
    }
    return placement.holders_of(conflicts.first_of(wish) + option);
}

}  // namespace creneau::allocation
