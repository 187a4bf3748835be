#pragma once

#include "api/allocation/conflicts.hpp"
#include "api/allocation/demand.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::allocation {

/// Which option each wish has now, never two that exclude one another.
class Placement {
  public:
    explicit Placement(const Conflicts& conflicts);

    [[nodiscard]] std::int64_t value() const { return value_; }
    [[nodiscard]] std::optional<OptionId> of(std::size_t wish) const { return placed_[wish]; }
    [[nodiscard]] bool is_free(OptionId option) const { return blockers_[option] == 0; }
    /// The wishes whose option excludes this one.
    [[nodiscard]] std::vector<std::size_t> holders_of(OptionId option) const;

    /// `option` must be free; what its wish had before is given up.
    void put(OptionId option);
    void take_away(std::size_t wish);
    /// Its wish gets the option whatever stands in the way; the wishes that lose theirs.
    std::vector<std::size_t> force(OptionId option);
    /// The free option that is worth most to the wish, more than what it has.
    [[nodiscard]] std::optional<OptionId> best_free(std::size_t wish) const;

  private:
    const Conflicts* conflicts_;
    std::vector<std::optional<OptionId>> placed_;  ///< by wish
    std::vector<int> blockers_;                    ///< by option: how many placed ones exclude it
    std::int64_t value_ = 0;
};

}  // namespace creneau::allocation
