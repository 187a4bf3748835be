#pragma once

#include "policy/error.hpp"
#include "policy/policy.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

/// The page of a pass among 2^bits: the first bits of BLAKE2b-256 of its 7 bytes.
[[nodiscard]] std::size_t page_of(qr::PassId pass, unsigned bits);

/// One page; `revocations` ascending by pass id.
[[nodiscard]] std::vector<std::uint8_t> write_page(std::span<const Revocation> revocations);

/// Which page of how many is read, and its name in errors.
struct PageSlot {
    std::size_t index;
    unsigned bits;
    std::string_view place;
};

/// Appends the page's revocations to `to`. Refuses rows out of order or of another page.
[[nodiscard]] tl::expected<void, PolicyError> read_page(std::span<const std::uint8_t> page,
                                                        const PageSlot& slot,
                                                        std::vector<Revocation>& to);

}  // namespace creneau::policy
