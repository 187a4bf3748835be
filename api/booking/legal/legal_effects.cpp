#include "api/booking/legal/legal_effects.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/legal/legal_rules.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/legal_facts.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

bool is_asked_anew(const Affair& affair, mail::Template name) {
    const bool is_change =
        name == mail::Template::booking_moved || name == mail::Template::series_moved;
    return is_change && affair.booking.status == Status::pending;
}

bool is_acknowledgement(const Affair& affair, mail::Template name) {
    return name == mail::Template::booking_received || name == mail::Template::series_received ||
           is_asked_anew(affair, name);
}

bool is_refusal(mail::Template name) {
    return name == mail::Template::booking_refused || name == mail::Template::series_refused;
}

std::string counted(int number, const char* one, const char* several) {
    return std::to_string(number) + ' ' + (number == 1 ? one : several);
}

std::optional<mail::SilenceFacts> silence_facts_of(const Silence& silence, const Affair& affair,
                                                   mail::Template name) {
    const auto received = local_time_of(received_at(affair, name), affair.place.site.time_zone);
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

std::chrono::sys_seconds received_at(const Affair& affair, mail::Template name) {
    // What the office changes of a request does not ask for it anew.
    const bool by_booker = !is_office(affair.actor, affair.booking.room);
    return is_asked_anew(affair, name) && by_booker ? affair.now : affair.booking.requested_at;
}

std::optional<mail::LegalFacts> legal_facts_of(const Affair& affair, mail::Template name) {
    const bool acknowledges = is_acknowledgement(affair, name);
    if (!acknowledges && !is_refusal(name)) {
        return std::nullopt;
    }
    const LegalWords& words = affair.place.town.legal;
    return mail::LegalFacts{
        acknowledges ? silence_facts_of(words.silence, affair, name) : std::nullopt,
        words.appeal_fr, words.appeal_en, words.service_address};
}

}  // namespace creneau::booking
