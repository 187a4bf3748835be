#include "api/booking/subscriptions/subscription_types.hpp"

#include <array>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

namespace creneau::booking {

namespace {

template <class Value, std::size_t count>
using WordTable = std::array<std::pair<Value, std::string_view>, count>;

constexpr WordTable<BookingChange, 5> kChanges{{
    {BookingChange::requested, "requested"},
    {BookingChange::approved, "approved"},
    {BookingChange::refused, "refused"},
    {BookingChange::cancelled, "cancelled"},
    {BookingChange::moved, "moved"},
}};
constexpr WordTable<Rhythm, 2> kRhythms{{{Rhythm::at_once, "at_once"}, {Rhythm::daily, "daily"}}};
constexpr WordTable<Holders, 3> kHolders{{{Holders::all, "all"},
                                          {Holders::associations, "associations"},
                                          {Holders::individuals, "individuals"}}};

template <class Value, std::size_t count>
std::string_view word_in(const WordTable<Value, count>& table, Value value) {
    for (const auto& [known, word] : table) {
        if (known == value) {
            return word;
        }
    }
    std::abort();
}

template <class Value, std::size_t count>
std::optional<Value> value_in(const WordTable<Value, count>& table, std::string_view word) {
    for (const auto& [value, known] : table) {
        if (known == word) {
            return value;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string_view word_of(BookingChange change) {
    return word_in(kChanges, change);
}

std::optional<BookingChange> change_of_word(std::string_view word) {
    return value_in(kChanges, word);
}

std::string_view word_of(Rhythm rhythm) {
    return word_in(kRhythms, rhythm);
}

std::optional<Rhythm> rhythm_of(std::string_view word) {
    return value_in(kRhythms, word);
}

std::string_view word_of(Holders holders) {
    return word_in(kHolders, holders);
}

std::optional<Holders> holders_of(std::string_view word) {
    return value_in(kHolders, word);
}

}  // namespace creneau::booking
