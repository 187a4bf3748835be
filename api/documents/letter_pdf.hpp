#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::documents {

/// A square code of dark and light modules, without its quiet zone, and what stands beside it.
struct LetterCode {
    int side = 0;
    std::vector<bool> dark;            ///< row by row, side × side
    std::vector<std::string> caption;  ///< lines
};

/// What one letter is made of. Texts are UTF-8; what is not becomes a replacement character.
struct Letter {
    std::vector<std::string> sender;     ///< lines
    std::vector<std::string> recipient;  ///< at most six lines of 38 characters (NF Z 10-011)
    std::string place_and_date;
    std::string subject;
    std::string body;  ///< lines; long ones are broken
    std::optional<LetterCode> code;
    std::string foot;  ///< stands on every page, beside its number
    std::chrono::sys_seconds made_at;
};

/// The letter on A4 as a PDF. The recipient stands where the windows of French envelopes are when
/// the sheet is folded in three at its marks; the code is drawn as surfaces, 37 mm wide, and never
/// parted from its caption. The same letter gives the same pages. Throws std::runtime_error when
/// it cannot be drawn.
[[nodiscard]] std::string letter_pdf(const Letter& letter);

}  // namespace creneau::documents
