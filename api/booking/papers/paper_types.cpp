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
        case PaperKind::statutes:
            return "statutes";
        case PaperKind::declaration:
            return "declaration";
        case PaperKind::commitment:
            return "commitment";
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

std::string_view word_of(FileType type) {
    switch (type) {
        case FileType::pdf:
            return "application/pdf";
        case FileType::png:
            return "image/png";
        case FileType::jpeg:
            return "image/jpeg";
    }
    std::abort();
}

std::optional<FileType> file_type_of(std::string_view word) {
    for (const FileType type : {FileType::pdf, FileType::png, FileType::jpeg}) {
        if (word_of(type) == word) {
            return type;
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
        case PaperKind::statutes:
            return {"statuts", "statutes"};
        case PaperKind::declaration:
            return {"récépissé de déclaration en préfecture", "receipt of declaration"};
        case PaperKind::commitment:
            return {"contrat d'engagement républicain signé", "signed republican commitment"};
    }
    std::abort();
}

}  // namespace creneau::booking
