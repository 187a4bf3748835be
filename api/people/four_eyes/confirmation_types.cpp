#include "api/people/four_eyes/confirmation_types.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace creneau::people {

namespace {

constexpr std::array kKinds{ConfirmedKind::person_export, ConfirmedKind::lockdown_end,
                            ConfirmedKind::key_import, ConfirmedKind::key_retire,
                            ConfirmedKind::key_withdraw};

}  // namespace

std::string_view word_of(ConfirmedKind kind) {
    switch (kind) {
        case ConfirmedKind::person_export:
            return "person_export";
        case ConfirmedKind::lockdown_end:
            return "lockdown_end";
        case ConfirmedKind::key_import:
            return "key_import";
        case ConfirmedKind::key_retire:
            return "key_retire";
        case ConfirmedKind::key_withdraw:
            return "key_withdraw";
    }
    return "";
}

std::optional<ConfirmedKind> confirmed_kind_of(std::string_view word) {
    const auto* const found =
        std::ranges::find(kKinds, word, [](ConfirmedKind kind) { return word_of(kind); });
    return found == kKinds.end() ? std::nullopt : std::optional(*found);
}

}  // namespace creneau::people
