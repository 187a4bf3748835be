/** French words about series; `series_en.ts` has each of them too. */
export const seriesFr = {
  "series.title": "Réservations répétées n° {id}",
  "series.dates": "Les dates",
  "series.passes": "Codes d’accès du {day}",
  "series.missed_on": "{day} :",
  "series.waiting_one": "{n} date attend votre réponse.",
  "series.waiting_many": "{n} dates attendent votre réponse.",
  "series.approve": "Accepter toutes les dates libres",
  "series.cancel": "Annuler toutes les dates à venir",
  "series.cancel_question":
    "Toutes les dates à venir vont à d’autres et leurs codes d’accès s’arrêtent aussitôt. Annuler quand même ?",
  "series.cancel_yes": "Oui, tout annuler",
  "series.missed": "Les dates non demandées",
} as const;
