#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/people/person.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

enum class PaperId : std::int64_t {};

/// What a room may ask of whoever books it, and what the town keeps of an association.
enum class PaperKind : std::uint8_t {
    insurance,
    agreement,
    deposit,
    statutes,
    declaration,  ///< to the prefecture; its number is the paper's reference
    commitment,   ///< republican commitment (loi du 24 août 2021)
};

inline constexpr std::array kPaperKinds{PaperKind::insurance,   PaperKind::agreement,
                                        PaperKind::deposit,     PaperKind::statutes,
                                        PaperKind::declaration, PaperKind::commitment};

/// The stable words of the database and the API.
std::string_view word_of(PaperKind kind);
std::optional<PaperKind> paper_kind_of(std::string_view word);

/// What people call it.
[[nodiscard]] Sentence name_of(PaperKind kind);

enum class FileType : std::uint8_t { pdf, png, jpeg };

/// "application/pdf", …: the words of the database, of the API and of HTTP.
std::string_view word_of(FileType type);
std::optional<FileType> file_type_of(std::string_view word);

/// What was uploaded for a paper. Its bytes rest under the digest (paper_folder.hpp).
struct PaperFile {
    std::string digest;  ///< BLAKE2b-256, hexadecimal
    std::int64_t size = 0;
    FileType type = FileType::pdf;
    std::string name;  ///< as whoever sent it called it, cleaned (clean_name)
};

/// A paper of an association or of a person.
struct Paper {
    PaperId id{};
    access::Holder holder;
    PaperKind kind = PaperKind::insurance;
    std::string reference;    ///< a number on it: of a declaration, of a contract; may be empty
    std::string valid_from;   ///< local date, 'YYYY-MM-DD'
    std::string valid_until;  ///< local date, included; empty: no end
    std::chrono::sys_seconds recorded_at;
    people::PersonId recorded_by{};
    std::optional<std::chrono::sys_seconds> accepted_at;  ///< none: it does not count yet
    std::optional<people::PersonId> accepted_by;
    std::optional<PaperFile> file;
};

}  // namespace creneau::booking
