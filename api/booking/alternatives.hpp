#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/estate_store.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <vector>

namespace creneau::booking {

inline constexpr std::size_t kMostAlternatives = 5;

/// Up to five slots that are free now and pass every rule of their room: the same room nearby in
/// time, then the same time in another room of enough capacity, the smallest first. `place` is the
/// wish's room; `failures` say why the wish was refused, and there is nothing to offer unless
/// another slot or room can cure every one of them. A read: run it after the refusal.
[[nodiscard]] std::vector<Alternative> find_alternatives(store::Session& session, const Wish& wish,
                                                         const Place& place,
                                                         const std::vector<Failure>& failures);

}  // namespace creneau::booking
