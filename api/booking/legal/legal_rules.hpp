#pragma once

#include "api/booking/series/local_date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

// What a town has to say with an answer, or without one. The articles are those of the Code des
// relations entre le public et l'administration (CRPA).

/// What it means that a request had no answer in time: acceptance as a rule (L231-1), refusal in
/// the cases of L231-4 and where a text says so (L231-5). `unsaid`: the town has not set it.
enum class SilenceMeaning : std::uint8_t { unsaid, accepted, refused };

[[nodiscard]] std::string_view word_of(SilenceMeaning meaning);
[[nodiscard]] std::optional<SilenceMeaning> silence_meaning_of(std::string_view word);

/// The town's setting: two months by law, another time where a text says so (L231-6). One of
/// `months` and `days` is 0, both are when nothing is said.
struct Silence {
    SilenceMeaning means = SilenceMeaning::unsaid;
    int months = 0;
    int days = 0;
    std::string decision;  ///< of the council, its number and date; may be empty
};

/// What the acknowledgement of a request names (L112-3, R112-5: the date received, the date on
/// which silence decides, the service with its address; missing papers by L114-5), and a refusal
/// with the ways and times of appeal (R421-5 of the Code de justice administrative).
struct LegalWords {
    Silence silence;
    std::string appeal_fr;  ///< empty: the usual words
    std::string appeal_en;
    std::string service_address;
};

/// The date on which silence decides a request received on `received`: the same day of a later
/// month, its last day where it has none such; nothing when nothing is said.
[[nodiscard]] std::optional<LocalDate> decided_on(const LocalDate& received,
                                                  const Silence& silence);

}  // namespace creneau::booking
