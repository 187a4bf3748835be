#include "api/privacy/retention_rules.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace creneau::privacy {

namespace {

constexpr std::array<DataKind, 15> kKinds{{
    {"security_log", 12, 6, 12, "Sécurité des accès aux données", "Security of access to data",
     "Connexions, refus, droits changés, exports : numéros et codes",
     "Sign-ins, refusals, changed rights, exports: ids and codes"},
    {"booking_texts", 24, 1, 120, "Prêt de salles aux particuliers",
     "Lending of rooms to individuals", "Objet des réservations des particuliers, après leur fin",
     "Purpose of individuals' bookings, after their end"},
    {"refusal_texts", 12, 1, 60, "Réponse aux demandes refusées ou annulées",
     "Answering refused or cancelled requests", "Texte joint au motif, après la décision",
     "Text beside the ground, after the decision"},
    {"messages", 12, 1, 60, "Information des demandeurs", "Informing who asks",
     "Courriels et lettres envoyés, après leur envoi", "Mails and letters, after they left"},
    {"waiting_list", 6, 1, 24, "Liste d’attente et options", "Waiting list and holds",
     "Attentes et options terminées, après le créneau", "Ended waits and holds, after the slot"},
    {"papers", 12, 1, 60, "Pièces des dossiers", "Papers of files",
     "Pièces expirées et leurs fichiers, après leur fin",
     "Expired papers and their files, after their end"},
    {"members", 1, 1, 12, "Listes tenues par les associations", "Lists that associations keep",
     "Membres d’associations fermées, après la fermeture",
     "Members of closed associations, after the closing"},
    {"reasons", 24, 1, 120, "Motivation des décisions de la commune",
     "Reasons of the town's decisions", "Textes des raisons, après leur écriture",
     "Texts of reasons, after they were written"},
    {"confirmations", 12, 6, 12, "Contrôle à quatre yeux", "Four eyes",
     "Demandes confirmées : numéros", "Confirmed requests: ids"},
    {"access_events", 3, 1, 3, "Sécurité des bâtiments", "Security of buildings",
     "Passages, refus, alarmes et ordres à distance aux portes : numéros, jamais de noms",
     "Who was let in or refused at doors, alarms, orders from afar: numbers, never names"},
    {"movements", 24, 6, 60, "Arrivées et départs des agents", "Arrivals and departures of staff",
     "Mouvements annoncés et accusés de réception, après leur date, sauf le dernier de chacun",
     "Announced movements and acknowledgements, after their date, but for everybody's last"},
    {"duties", 24, 6, 60, "Missions des agents", "Duties of staff",
     "Missions terminées, après leur fin", "Ended duties, after their end"},
    {"badges", 12, 3, 24, "Badges", "Badges", "Badges rendus ou révoqués, après leur retour",
     "Badges that were returned or revoked, after that"},
    {"account_traces", 1, 1, 12, "Connexion aux comptes", "Signing in to accounts",
     "Sessions, codes et jetons finis, après leur fin",
     "Sessions, codes and tokens that are over, after their end"},
    {kUnusedAccounts, 36, 12, 60, "Comptes", "Accounts",
     "Comptes sans connexion, sans réservation et sans rôle, après la dernière : effacés",
     "Accounts without a sign-in, a booking or a role, after the last one: erased"},
}};

}  // namespace

std::span<const DataKind> data_kinds() {
    return kKinds;
}

const DataKind* find_data_kind(std::string_view word) {
    const auto* const found = std::ranges::find(kKinds, word, &DataKind::word);
    return found == kKinds.end() ? nullptr : found;
}

}  // namespace creneau::privacy
