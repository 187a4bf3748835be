#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::estate {

inline constexpr std::size_t kLongestText = 1000;
inline constexpr const char* kKeyRule =
    "a key is 1 to 63 small letters, digits and hyphens, and begins with a letter or digit";

bool is_key(std::string_view text);
/// Something other than blanks.
bool has_letters(std::string_view text);
/// Short enough and free of control characters (line feeds too).
bool is_plain_text(std::string_view text);
/// One @, a local part without blanks or quotes, a domain of at least two labels; 254 bytes at
/// most.
bool is_email(std::string_view text);
/// A name that the machine's tz database knows.
bool is_time_zone(const std::string& name);
/// 'YYYY-MM-DD' between 2000 and 2099, a date of the calendar.
bool is_date(std::string_view text);

/// Minutes after midnight of 'HH:MM', to '24:00'.
std::optional<std::int64_t> minutes_of_clock(std::string_view text);

/// ASCII letters only.
std::string lower_case(std::string text);
std::string joined(std::initializer_list<std::string_view> words);

}  // namespace creneau::estate
