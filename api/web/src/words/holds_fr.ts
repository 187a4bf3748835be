/** French words about holds; `holds_en.ts` has each of them too. */
export const holdsFr = {
  "holds.mine": "Créneaux gardés pour vous",
  "holds.until": "Gardé jusqu’au {at}. Après, le créneau va à d’autres.",
  "holds.take": "Réserver : {slot}",
  "holds.give_up": "Rendre : {slot}",
  "holds.question": "Le créneau sera aussitôt libre pour d’autres. Le rendre quand même ?",
  "holds.yes": "Oui, le rendre",
  "holds.no": "Non, le garder",
  "holds.keep": "Garder ce créneau par une option…",
  "holds.keep_words":
    "Personne d’autre ne peut le prendre jusqu’à la date limite. Le bénéficiaire reçoit un e-mail et confirme, ou le créneau redevient libre.",
  "holds.keep_day": "Garder jusqu’au",
  "holds.keep_time": "À quelle heure",
  "holds.keep_now": "Poser l’option",
} as const;
