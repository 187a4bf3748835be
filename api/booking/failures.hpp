#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

namespace creneau::booking {

/// Puts `more` behind what failed so far.
template <class Failure>
void join(std::vector<Failure>& failures, std::vector<Failure> more) {
    std::ranges::move(more, std::back_inserter(failures));
}

}  // namespace creneau::booking
