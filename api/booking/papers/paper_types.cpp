#include "api/booking/papers/paper_types.hpp"

#include "api/booking/booking_error.hpp"

#include <cstdlib>
#include <optional>
#include <string_view>

namespace creneau::booking {

std::string_view word_of(PaperKind kind) {
    switch (kind) {
        case PaperKind::insurance:
            return "insurance";
        case PaperKind::agreement:
            return "agreement";
        case PaperKind::deposit:
            return "deposit";
    }
    std::abort();
}

std::optional<PaperKind> paper_kind_of(std::string_view word) {
    for (const PaperKind kind : kPaperKinds) {
        if (word_of(kind) == word) {
            return kind;
        }
    }
    return std::nullopt;
}

Sentence name_of(PaperKind kind) {
    switch (kind) {
        case PaperKind::insurance:
            return {"attestation d'assurance en cours de validité", "valid insurance certificate"};
        case PaperKind::agreement:
            return {"convention signée", "signed agreement"};
        case PaperKind::deposit:
            return {"dépôt de garantie", "deposit"};
    }
    std::abort();
}

}  // namespace creneau::booking
