#include "api/booking/kinds/check_kind.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/kinds/kind_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace creneau::booking {

std::vector<Failure> check_kind(store::Session& session, TownId town, const std::string& key) {
    if (key.empty()) {
        return {};
    }
    const auto kinds = select_kinds(session, town);
    if (std::ranges::find(kinds, key, &BookingKind::key) != kinds.end()) {
        return {};
    }
    std::string known;
    for (const BookingKind& kind : kinds) {
        known += (known.empty() ? "" : ", ") + kind.key;
    }
    if (known.empty()) {
        return {{Rule::unknown_kind,
                 "kind",
                 {"La ville n’a pas de types de réservation : n’en indiquez pas.",
                  "The town has no kinds of booking: name none."}}};
    }
    return {{Rule::unknown_kind,
             "kind",
             {"Types de réservation de la ville : " + known + ".",
              "Kinds of booking in this town: " + known + "."}}};
}

}  // namespace creneau::booking
