#include "api/booking/legal/legal_rules.hpp"

#include "api/booking/series/local_date.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace creneau::booking {

namespace {

constexpr std::array<std::string_view, 3> kWords{"unsaid", "accepted", "refused"};

}  // namespace

std::string_view word_of(SilenceMeaning meaning) {
    return kWords.at(static_cast<std::size_t>(meaning));
}

std::optional<SilenceMeaning> silence_meaning_of(std::string_view word) {
    for (std::size_t at = 0; at < kWords.size(); ++at) {
        if (kWords.at(at) == word) {
            return static_cast<SilenceMeaning>(at);
        }
    }
    return std::nullopt;
}

std::optional<LocalDate> decided_on(const LocalDate& received, const Silence& silence) {
    if (silence.means == SilenceMeaning::unsaid) {
        return std::nullopt;
    }
    LocalDate date = received + std::chrono::months(silence.months);
    if (!date.ok()) {
        date = date.year() / date.month() / std::chrono::last;
    }
    return plus_days(date, silence.days);
}

}  // namespace creneau::booking
