#pragma once

#include <cstdint>
#include <vector>

namespace creneau::door {

/// A policy that the town sent, whole. Nothing of it is verified yet.
struct ArrivedPolicy {
    std::vector<std::uint8_t> file;
    std::vector<std::uint8_t> nonce;  ///< that it has to echo
};

}  // namespace creneau::door
