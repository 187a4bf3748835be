#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::mail {

enum class Language : std::uint8_t { fr, en };

/// "fr" or "en", as people.locale holds them; any other word is French.
[[nodiscard]] Language language_of(std::string_view locale);
[[nodiscard]] std::string_view word_of(Language language);

/// A local time of the wall, taken apart.
struct LocalTime {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    unsigned hour = 0;
    unsigned minute = 0;
};

/// Reads "2026-12-05T18:30" (exactly 16 characters, a real date and time).
[[nodiscard]] std::optional<LocalTime> parse_local_time(std::string_view text);

/// Reads "2026-12-05"; the time is 0:00.
[[nodiscard]] std::optional<LocalTime> parse_local_date(std::string_view text);

/// "samedi 5 décembre 2026", "Saturday 5 December 2026".
[[nodiscard]] std::string day_words(const LocalTime& at, Language language);

/// "18 h 30", "21 h"; "18:30", "21:00".
[[nodiscard]] std::string hour_words(const LocalTime& at, Language language);

/// "samedi 5 décembre 2026 de 18 h 30 à 21 h"; past midnight
/// "du samedi 5 décembre 2026 à 22 h au dimanche 6 décembre 2026 à 3 h".
[[nodiscard]] std::string slot_words(const LocalTime& from, const LocalTime& until,
                                     Language language);

}  // namespace creneau::mail
