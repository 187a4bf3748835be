/** French words about what the office keeps an eye on; `watch_en.ts` has each of them too. */
export const watchFr = {
  "holds.title": "Options",
  "holds.words":
    "Les créneaux gardés pour quelqu’un, la date limite la plus proche d’abord. Ce qui n’est pas confirmé à temps redevient libre de lui-même.",
  "holds.nothing": "Aucun créneau n’est gardé.",
  "holds.room": "Salle",
  "holds.any_room": "Toutes",
  "holds.for": "Pour {name}",
  "holds.waited": "proposé à qui attendait",
  "holds.deadline": "Gardé jusqu’au {at}.",
  "holds.book": "Confirmer pour eux : option n° {id}",
  "holds.release": "Lever l’option n° {id}",
  "holds.release_question":
    "Le créneau sera aussitôt libre, ou proposé à qui attend. Lever l’option quand même ?",
  "holds.release_no": "Non, garder l’option",
  "holds.release_yes": "Oui, la lever",

  "time_conflicts.title": "Heure légale",
  "time_conflicts.words":
    "Quand l’heure légale change, les réservations à venir gardent leur heure d’horloge. Celles-ci n’ont pas pu : quelque chose occupe déjà la salle. Elles gardent leur ancien moment en attendant.",
  "time_conflicts.nothing": "Aucune réservation n’est touchée par un changement d’heure légale.",
  "time_conflicts.kept": "Moment gardé : {slot} sur les nouvelles horloges.",
  "time_conflicts.found": "Trouvé le {at}, avec les règles {version}.",
  "time_conflicts.todo":
    "Que faire : déplacez ou annulez cette réservation, ou ce qui est sur son chemin. La ville compare à nouveau d’elle-même.",
  "time_conflicts.move": "Ouvrir la réservation n° {id} pour la déplacer ou l’annuler",
  "time_conflicts.planning": "Voir la journée",
  "time_conflicts.notice_one": "{n} réservation est touchée par un changement d’heure légale.",
  "time_conflicts.notice_many": "{n} réservations sont touchées par un changement d’heure légale.",
  "time_conflicts.see": "Voir quoi faire",

  "messages.nothing": "Aucun message.",
  "messages.caption": "Du plus ancien au plus récent",
  "messages.to": "À qui",
  "messages.what": "Ce qu’il dit",
  "messages.became": "Ce qu’il est devenu",
  "messages.when": "Quand",
  "messages.read": "Lire",
  "messages.read_one": "Lire le message n° {id}",
  "message_state.waiting": "part bientôt",
  "message_state.sent": "envoyé",
  "message_state.dead": "abandonné",
  "message_state.superseded": "remplacé",
  "message_state.letter": "à imprimer",
  "message_state.printed": "imprimé",
  "message_state.bounced": "revenu",
} as const;
