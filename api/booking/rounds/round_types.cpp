#include "api/booking/rounds/round_types.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace creneau::booking {

namespace {

template <class Value, std::size_t Size>
using Words = std::array<std::pair<Value, std::string_view>, Size>;

constexpr Words<RoundStatus, 5> kStatuses{{
    {RoundStatus::draft, "draft"},
    {RoundStatus::open, "open"},
    {RoundStatus::closed, "closed"},
    {RoundStatus::proposed, "proposed"},
    {RoundStatus::published, "published"},
}};

constexpr Words<CriterionKind, 7> kKinds{{
    {CriterionKind::every_wish, "every_wish"},
    {CriterionKind::preference, "preference"},
    {CriterionKind::people, "people"},
    {CriterionKind::fill, "fill"},
    {CriterionKind::group, "group"},
    {CriterionKind::continuity, "continuity"},
    {CriterionKind::first_wish, "first_wish"},
}};

constexpr Words<RoundVerdict, 6> kVerdicts{{
    {RoundVerdict::given, "given"},
    {RoundVerdict::settled, "settled"},
    {RoundVerdict::outbid, "outbid"},
    {RoundVerdict::excluded, "excluded"},
    {RoundVerdict::nothing_fits, "nothing_fits"},
    {RoundVerdict::no_date, "no_date"},
}};

template <class Value, std::size_t Size>
std::string_view word_in(const Words<Value, Size>& words, Value value) {
    const auto* found = std::ranges::find(words, value, &std::pair<Value, std::string_view>::first);
    if (found == words.end()) {
        throw std::logic_error("a value without a word");
    }
    return found->second;
}

template <class Value, std::size_t Size>
std::optional<Value> value_in(const Words<Value, Size>& words, std::string_view word) {
    const auto* found = std::ranges::find(words, word, &std::pair<Value, std::string_view>::second);
    return found == words.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace

std::string_view word_of(RoundStatus status) {
    return word_in(kStatuses, status);
}

std::optional<RoundStatus> round_status_of(std::string_view word) {
    return value_in(kStatuses, word);
}

std::string_view word_of(CriterionKind kind) {
    return word_in(kKinds, kind);
}

std::optional<CriterionKind> criterion_kind_of(std::string_view word) {
    return value_in(kKinds, word);
}

std::string_view word_of(RoundVerdict verdict) {
    return word_in(kVerdicts, verdict);
}

std::optional<RoundVerdict> round_verdict_of(std::string_view word) {
    return value_in(kVerdicts, word);
}

}  // namespace creneau::booking
