#include "api/booking/closures/closure_types.hpp"

#include <cstdlib>
#include <optional>
#include <string_view>

namespace creneau::booking {

std::string_view word_of(ClosureKind kind) {
    switch (kind) {
        case ClosureKind::works:
            return "works";
        case ClosureKind::holiday:
            return "holiday";
        case ClosureKind::own_use:
            return "own_use";
    }
    std::abort();
}

std::optional<ClosureKind> closure_kind_of(std::string_view word) {
    for (const auto kind : {ClosureKind::works, ClosureKind::holiday, ClosureKind::own_use}) {
        if (word_of(kind) == word) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string_view word_of(MeetPolicy policy) {
    switch (policy) {
        case MeetPolicy::refuse:
            return "refuse";
        case MeetPolicy::notify:
            return "notify";
        case MeetPolicy::cancel:
            return "cancel";
    }
    std::abort();
}

std::optional<MeetPolicy> meet_policy_of(std::string_view word) {
    for (const auto policy : {MeetPolicy::refuse, MeetPolicy::notify, MeetPolicy::cancel}) {
        if (word_of(policy) == word) {
            return policy;
        }
    }
    return std::nullopt;
}

}  // namespace creneau::booking
