#include "api/people/four_eyes/confirmation_types.hpp"

#include <optional>
#include <string_view>

namespace creneau::people {

std::string_view word_of(ConfirmedKind kind) {
    switch (kind) {
        case ConfirmedKind::person_export:
            return "person_export";
    }
    return "";
}

std::optional<ConfirmedKind> confirmed_kind_of(std::string_view word) {
    return word == word_of(ConfirmedKind::person_export)
               ? std::optional(ConfirmedKind::person_export)
               : std::nullopt;
}

}  // namespace creneau::people
