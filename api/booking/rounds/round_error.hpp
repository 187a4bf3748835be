#pragma once

#include "api/booking/booking_error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

/// What can refuse a round or a wish, beside the rules of the rooms. Words are stable (`word_of`).
enum class RoundRule : std::uint8_t {
    bad_name,
    bad_wish_dates,  ///< the last day for wishes comes before the first, or is past
    bad_season,      ///< too short, too long, or it begins before the wishes are in
    criteria_missing,
    too_many_criteria,
    bad_wording,  ///< a criterion is written in words
    bad_weight,
    bad_group,        ///< of a criterion: missing, unknown, or not of that kind
    fixed_once_open,  ///< associations have read it
    not_open_now,     ///< wishes are not stated now
    rooms_missing,
    too_many_rooms,
    room_twice,
    too_many_wishes,
    reason_needed,
    place_settled,     ///< another wish was settled there
    nothing_or_place,  ///< a wish gets nothing or a place, not both
};

/// One rule that said no: of this list or, word for word, of the rooms'.
struct RoundFailure {
    std::string code;
    std::string field;  ///< of the request: "season_last", "room_ids/0", …
    Sentence detail;    ///< what would pass
};

enum class RoundRefusal : std::uint8_t {
    rules,  ///< every failing rule is in `failures`
    not_allowed,
    unknown,      ///< no such round or wish that this actor may see
    wrong_state,  ///< its state does not allow it, or no longer
    stale,        ///< the expected version is no longer its own
    changed,      ///< it changed while the proposal was computed
};

struct RoundError {
    RoundRefusal refusal = RoundRefusal::rules;
    std::vector<RoundFailure> failures;
};

template <class T>
using RoundOutcome = tl::expected<T, RoundError>;

std::string_view word_of(RoundRule rule);

[[nodiscard]] RoundFailure failure_of(RoundRule rule, std::string field, Sentence detail);
/// A rule of the rooms, under the name that `field` has in a wish.
[[nodiscard]] RoundFailure failure_of(const Failure& failure);

[[nodiscard]] tl::unexpected<RoundError> refuse(RoundRefusal refusal);
[[nodiscard]] tl::unexpected<RoundError> refuse(std::vector<RoundFailure> failures);

}  // namespace creneau::booking
