#include "api/arrivals/movement_types.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace creneau::arrivals {

namespace {

constexpr std::array kKinds{MovementKind::arrival, MovementKind::departure};
constexpr std::array kSteps{NoticeStep::line_manager, NoticeStep::it, NoticeStep::access};

template <class Words>
auto named(const Words& words, std::string_view name) {
    const auto* const found =
        std::ranges::find_if(words, [name](const auto word) { return name == word_of(word); });
    return found == words.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::string_view word_of(MovementKind kind) {
    switch (kind) {
        case MovementKind::arrival:
            return "arrival";
        case MovementKind::departure:
            return "departure";
    }
    std::abort();
}

std::optional<MovementKind> movement_kind_of(std::string_view word) {
    return named(kKinds, word);
}

std::string_view word_of(MovementState state) {
    switch (state) {
        case MovementState::announced:
            return "announced";
        case MovementState::done:
            return "done";
        case MovementState::withdrawn:
            return "withdrawn";
    }
    std::abort();
}

std::string_view word_of(NoticeStep step) {
    switch (step) {
        case NoticeStep::line_manager:
            return "line_manager";
        case NoticeStep::it:
            return "it";
        case NoticeStep::access:
            return "access";
    }
    std::abort();
}

std::optional<NoticeStep> notice_step_of(std::string_view word) {
    return named(kSteps, word);
}

}  // namespace creneau::arrivals
