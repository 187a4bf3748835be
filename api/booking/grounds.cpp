#include "api/booking/grounds.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace creneau::booking {

namespace {

constexpr std::array kRefusals{
    Ground{"property_management", "Nécessités de l'administration des propriétés communales",
           "Needs of the management of municipal property"},
    Ground{"service_operation", "Nécessités du fonctionnement des services",
           "Needs of the operation of public services"},
    Ground{"public_order", "Maintien de l'ordre public", "Upholding of public order"},
    Ground{"room_unavailable", "Salle indisponible sur ce créneau",
           "Room unavailable at that time"},
    Ground{"unsuitable_use", "Usage incompatible avec la salle ou son règlement",
           "Use that does not suit the room or its rules"},
    Ground{"incomplete_file", "Dossier incomplet", "Incomplete file", true},
    Ground{"rules_broken", "Manquement au règlement lors d'une mise à disposition précédente",
           "Rules broken during an earlier loan", true},
};

constexpr std::array kCancellations{
    Ground{"booker_request", "À la demande de la personne qui a réservé",
           "At the request of the person who booked", false, false},
    Ground{"property_management", "Nécessités de l'administration des propriétés communales",
           "Needs of the management of municipal property"},
    Ground{"service_operation", "Nécessités du fonctionnement des services",
           "Needs of the operation of public services"},
    Ground{"public_order", "Maintien de l'ordre public", "Upholding of public order"},
    Ground{"weather_alert", "Alerte météorologique", "Weather alert"},
    Ground{"room_out_of_use", "Salle hors d'usage", "Room out of use"},
    Ground{"rules_broken", "Manquement au règlement d'utilisation", "Rules of use broken", true},
    Ground{"other", "Autre motif", "Other reason", false, false},
};

}  // namespace

std::span<const Ground> refusal_grounds() {
    return kRefusals;
}

std::span<const Ground> cancellation_grounds() {
    return kCancellations;
}

const Ground* find_ground(std::span<const Ground> list, std::string_view code) {
    const auto found = std::ranges::find(list, code, &Ground::code);
    return found == list.end() ? nullptr : &*found;
}

}  // namespace creneau::booking
