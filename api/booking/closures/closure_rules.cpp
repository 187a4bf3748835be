#include "api/booking/closures/closure_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/people/blank_text.hpp"

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

namespace {

/// "2027-01-03 18:30" of "2027-01-03T18:30".
std::string shown(std::string local) {
    const auto t = local.find('T');
    if (t != std::string::npos) {
        local[t] = ' ';
    }
    return local;
}

/// As much of the reason as leaves room for what would pass, cut between two characters of UTF-8.
std::string quoted(const std::string& reason) {
    constexpr std::size_t kLongestQuote = 200;  // bytes
    if (reason.size() <= kLongestQuote) {
        return reason;
    }
    std::size_t end = kLongestQuote;
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return reason.substr(0, end) + "…";
}

}  // namespace

Failure room_closed(const Closure& closure) {
    const Sentence kind = words_for(closure.kind);
    const std::string until = shown(closure.slot.local_end);
    const std::string reason = quoted(closure.reason);
    return {
        Rule::room_closed,
        "start",
        {"Fermé jusqu'au " + until + " (" + kind.fr + " : " + reason +
             ") : choisissez un créneau avant le " + shown(closure.slot.local_start) + " ou après.",
         "Closed until " + until + " (" + kind.en + ": " + reason + "): choose a slot before " +
             shown(closure.slot.local_start) + " or after it."}};
}

Sentence words_for(ClosureKind kind) {
    switch (kind) {
        case ClosureKind::works:
            return {"travaux", "works"};
        case ClosureKind::holiday:
            return {"congés", "holidays"};
        case ClosureKind::own_use:
            return {"usage de la commune", "the town's own use"};
    }
    std::abort();
}

std::string_view ground_of(ClosureKind kind) {
    switch (kind) {
        case ClosureKind::works:
            return "room_out_of_use";
        case ClosureKind::holiday:
        case ClosureKind::own_use:
            return "service_operation";
    }
    std::abort();
}

std::vector<Failure> check_closure_reason(std::string_view reason) {
    auto failures = check_reason(reason);
    for (Failure& failure : failures) {
        failure.field = "reason";
    }
    if (people::shows_nothing(reason)) {
        failures.push_back({Rule::text_needed,
                            "reason",
                            {"Indiquez pourquoi la salle est fermée : les usagers le liront.",
                             "Say why the room is closed: bookers will read it."}});
    }
    return failures;
}

std::vector<Failure> check_one_place(std::size_t named) {
    if (named == 1) {
        return {};
    }
    return {{Rule::bad_place,
             "room_id",
             {"Indiquez un site, une salle ou des espaces, et un seul des trois.",
              "Say a site, a room or spaces, and only one of the three."}}};
}

Failure unknown_site() {
    return {Rule::unknown_site,
            "site_id",
            {"Ce site n'existe pas ou n'a aucun espace : indiquez-en un qui en a.",
             "There is no such site, or it has no space: say one that has."}};
}

Failure unknown_space() {
    return {Rule::unknown_space,
            "space_ids",
            {"Indiquez des espaces qui existent, tous du même site.",
             "Say spaces that exist, all of the same site."}};
}

Failure closure_is_past() {
    return {Rule::in_the_past,
            "end",
            {"La fermeture doit se terminer plus tard que maintenant.",
             "The closure has to end later than now."}};
}

Failure meets_bookings(std::size_t bookings, std::size_t holds) {
    const std::string first = std::to_string(bookings);
    const std::string second = std::to_string(holds);
    return {Rule::meets_bookings,
            "meets",
            {"La fermeture rencontre " + first + " réservation(s) et " + second +
                 " option(s) : choisissez notify pour garder les réservations ou cancel pour les "
                 "annuler ; les options prennent fin.",
             "The closure meets " + first + " booking(s) and " + second +
                 " hold(s): choose notify to keep the bookings or cancel to cancel them; holds "
                 "end."}};
}

}  // namespace creneau::booking
