#pragma once

#include "api/allocation/demand.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace creneau::allocation {

/// An option among those of all wishes.
using OptionId = std::size_t;

/// Every option of every wish, numbered through, and which exclude one another because they need a
/// space at the same time.
class Conflicts {
  public:
    explicit Conflicts(std::span<const Wish> wishes);

    [[nodiscard]] std::size_t wish_count() const { return first_.size() - 1; }
    [[nodiscard]] std::size_t option_count() const { return wish_.size(); }
    /// The options of a wish: [first_of(wish), first_of(wish + 1)).
    [[nodiscard]] OptionId first_of(std::size_t wish) const { return first_[wish]; }
    [[nodiscard]] std::size_t wish_of(OptionId option) const { return wish_[option]; }
    [[nodiscard]] std::int64_t value_of(OptionId option) const { return value_[option]; }
    /// Options of other wishes, ascending.
    [[nodiscard]] const std::vector<OptionId>& against(OptionId option) const {
        return against_[option];
    }

    /// Wishes that compete with one another, directly or through others; ascending in each group.
    [[nodiscard]] std::vector<std::vector<std::size_t>> groups() const;

  private:
    void add_rivals_of(std::size_t wish, std::vector<bool>& seen,
                       std::vector<std::size_t>& group) const;

    std::vector<OptionId> first_;
    std::vector<std::size_t> wish_;
    std::vector<std::int64_t> value_;
    std::vector<std::vector<OptionId>> against_;
};

}  // namespace creneau::allocation
