#include "api/booking/legal/legal_effects.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/legal/legal_rules.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/legal_facts.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

bool is_acknowledgement(mail::Template name) {
    return name == mail::Template::booking_received || name == mail::Template::series_received;
}

bool is_refusal(mail::Template name) {
    return name == mail::Template::booking_refused || name == mail::Template::series_refused;
}

std::string counted(int number, const char* one, const char* several) {
    return std::to_string(number) + ' ' + (number == 1 ? one : several);
}

std::optional<mail::SilenceFacts> silence_facts_of(const Silence& silence, const Affair& affair) {
    const auto received = local_time_of(affair.booking.requested_at, affair.place.site.time_zone);
    const auto date = parse_date(received.substr(0, kDateLength));
    const auto decided = date ? decided_on(*date, silence) : std::nullopt;
    if (!decided) {
        return std::nullopt;
    }
    const bool by_months = silence.months > 0;
    return mail::SilenceFacts{std::string(word_of(silence.means)), text_of(*decided),
                              by_months ? counted(silence.months, "mois", "mois")
                                        : counted(silence.days, "jour", "jours"),
                              by_months ? counted(silence.months, "month", "months")
                                        : counted(silence.days, "day", "days"),
                              silence.decision};
}

}  // namespace

std::optional<mail::LegalFacts> legal_facts_of(const Affair& affair, mail::Template name) {
    if (!is_acknowledgement(name) && !is_refusal(name)) {
        return std::nullopt;
    }
    const LegalWords& words = affair.place.town.legal;
    return mail::LegalFacts{
        is_acknowledgement(name) ? silence_facts_of(words.silence, affair) : std::nullopt,
        words.appeal_fr, words.appeal_en, words.service_address};
}

}  // namespace creneau::booking
