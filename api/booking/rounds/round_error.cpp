#include "api/booking/rounds/round_error.hpp"

#include "api/booking/booking_error.hpp"

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

std::string_view word_of(RoundRule rule) {
    switch (rule) {
        case RoundRule::bad_name:
            return "bad_name";
        case RoundRule::bad_wish_dates:
            return "bad_wish_dates";
        case RoundRule::bad_season:
            return "bad_season";
        case RoundRule::criteria_missing:
            return "criteria_missing";
        case RoundRule::too_many_criteria:
            return "too_many_criteria";
        case RoundRule::bad_wording:
            return "bad_wording";
        case RoundRule::bad_weight:
            return "bad_weight";
        case RoundRule::bad_group:
            return "bad_group";
        case RoundRule::fixed_once_open:
            return "fixed_once_open";
        case RoundRule::not_open_now:
            return "not_open_now";
        case RoundRule::rooms_missing:
            return "rooms_missing";
        case RoundRule::too_many_rooms:
            return "too_many_rooms";
        case RoundRule::room_twice:
            return "room_twice";
        case RoundRule::too_many_wishes:
            return "too_many_wishes";
        case RoundRule::reason_needed:
            return "reason_needed";
        case RoundRule::place_settled:
            return "place_settled";
        case RoundRule::nothing_or_place:
            return "nothing_or_place";
    }
    std::abort();
}

RoundFailure failure_of(RoundRule rule, std::string field, Sentence detail) {
    return {std::string(word_of(rule)), std::move(field), std::move(detail)};
}

RoundFailure failure_of(const Failure& failure) {
    return {std::string(word_of(failure.rule)), failure.field, failure.detail};
}

tl::unexpected<RoundError> refuse(RoundRefusal refusal) {
    return tl::unexpected(RoundError{refusal, {}});
}

tl::unexpected<RoundError> refuse(std::vector<RoundFailure> failures) {
    return tl::unexpected(RoundError{RoundRefusal::rules, std::move(failures)});
}

}  // namespace creneau::booking
