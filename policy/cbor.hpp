#pragma once

#include "policy/error.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::policy::cbor {

/// Writes the subset of CBOR (RFC 8949) that our forms use: shortest heads, definite lengths.
class Writer {
  public:
    void number(std::uint64_t value);
    void boolean(bool value);
    void bytes(std::span<const std::uint8_t> value);
    void text(std::string_view value);
    void array(std::size_t count);
    void map(std::size_t count);

    [[nodiscard]] const std::vector<std::uint8_t>& result() const { return out_; }

  private:
    void head(std::uint8_t major, std::uint64_t value);
    std::vector<std::uint8_t> out_;
};

/// Reads that subset item by item and refuses everything else: tags, floats, negative numbers,
/// indefinite lengths, longer heads than needed, text that is not clean UTF-8. It never recurses
/// and never allocates for a length that the input only claims. The first fault sticks: later
/// reads return zeros and empty views, so that a caller checks once, at the end.
/// Views point into the input.
class Reader {
  public:
    /// `place` names the whole in errors, such as "manifest".
    Reader(std::span<const std::uint8_t> input, std::string_view place)
        : rest_(input), place_(place) {}

    /// `largest` is inclusive; above it: out_of_range.
    std::uint64_t number(std::uint64_t smallest, std::uint64_t largest);
    bool boolean();
    std::span<const std::uint8_t> bytes(std::size_t largest);
    std::span<const std::uint8_t> exactly(std::size_t size);
    std::string_view text(std::size_t largest);
    /// The number of elements, at most `largest` (too_large above).
    std::size_t array(std::size_t largest);
    void array_of(std::size_t count);
    void map_of(std::size_t count);
    /// The next map key, which must be this one; it also names the place of what follows.
    void key(std::string_view name);
    /// Nothing may follow.
    void end();

    /// Places below the current key are named by `at` and, within it, by key, until leave().
    void enter();
    void at(std::size_t index);
    /// Names the place of what follows, without reading anything.
    void name(std::string_view name);
    void leave() { --depth_; }

    void fail(PolicyFault fault);
    [[nodiscard]] bool ok() const { return !error_.has_value(); }
    /// The first fault; only when !ok().
    [[nodiscard]] const PolicyError& error() const {
        assert(error_);
        return *error_;
    }

  private:
    static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
    struct Step {
        std::string_view key;
        std::size_t index = kNowhere;
    };
    std::optional<std::uint64_t> head(std::uint8_t major);
    std::span<const std::uint8_t> take(std::size_t size);
    [[nodiscard]] std::string where() const;

    std::span<const std::uint8_t> rest_;
    std::string_view place_;
    std::array<Step, 8> steps_{};
    std::size_t depth_ = 0;
    std::optional<PolicyError> error_;
};

}  // namespace creneau::policy::cbor
