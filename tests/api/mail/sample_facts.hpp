#pragma once

#include "api/mail/facts.hpp"

namespace creneau::mail {

/// An approved evening at LCR Danton, with a code.
inline BookingFacts sample_facts() {
    BookingFacts facts;
    facts.booking_id = 12;
    facts.room = "Salle du rez-de-chaussée";
    facts.site = "LCR Danton";
    facts.site_address = "3 rue Danton, 93310 Le Pré";
    facts.local_start = "2026-12-05T18:30";
    facts.local_end = "2026-12-05T21:00";
    facts.time_zone = "Europe/Paris";
    facts.start_at = 1'796'491'800;
    facts.end_at = 1'796'500'800;
    facts.window_start_local = "2026-12-05T18:20";
    facts.window_end_local = "2026-12-05T21:10";
    facts.purpose = "Répétition de la chorale";
    facts.attendees = 25;
    facts.association = "Les Voix du Pré";
    facts.booker = "Camille Roussel";
    facts.doors = {"porte de la rue", "porte de la salle"};
    facts.ways_in = {{"qr", "", ""},
                     {"badge", "le badge se retire à l'accueil.", "fetch the badge at the desk."}};
    facts.help_contact = "l'astreinte, 01 00 00 00 01";
    facts.help_hours = "tous les jours de 8 h à 23 h";
    facts.town = "Le Pré";
    facts.service = "Vie associative";
    facts.town_email = "salles@le-pre.example.org";
    facts.town_phone = "01 00 00 00 00";
    facts.received_on = "2026-11-21";
    facts.sequence = 1;
    facts.pass_number = 7;
    return facts;
}

/// Two evenings of a series, and one that somebody else has.
inline SeriesFacts sample_series() {
    return {7,
            {{"2026-12-05T18:30", "2026-12-05T21:00"}, {"2026-12-12T18:30", "2026-12-12T21:00"}},
            {{"2026-12-19T18:30", "2026-12-19T21:00", {0}}},
            {{"La salle est déjà prise.", "The room is already taken."}}};
}

/// Two weeks of works.
inline ClosureFacts sample_closure() {
    return {"travaux", "works", "Reprise du parquet.", "2026-11-30T08:00", "2026-12-14T08:00"};
}

}  // namespace creneau::mail
