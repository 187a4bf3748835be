import type { deskFr } from "./desk_fr";

/** English words about who is told, who stands in for whom, who arrives. */
export const deskEn: Record<keyof typeof deskFr, string> = {
  "desk.which": "Letters, messages, services and delegations",
  "undelivered.words":
    "These e-mails did not arrive. Tell their readers in another way, then correct the address in the directory.",
  "undelivered.nothing": "Every e-mail has arrived.",
  "undelivered.caption": "What did not arrive, the latest first",
  "undelivered.reader": "To whom",
  "undelivered.about": "About",
  "undelivered.why": "Why",
  "undelivered.when": "When",
  "undelivered.needed": "To be known before",
  "undelivered.bounced": "came back",
  "undelivered.dead": "given up",

  "delegations.words":
    "While you are away, somebody who works for the town decides on requests in your place.",
  "delegations.nothing": "Nobody decides in somebody else’s place.",
  "delegations.give": "Name somebody",
  "delegations.to": "Who will decide:",
  "delegations.give_now": "Name this person",
  "delegations.of": "{delegate} decides in the place of {delegator}",
  "delegations.stands": "now",
  "delegations.ahead": "to come",
  "delegations.over": "over",
  "delegations.decide": "See the requests",
  "delegations.end": "End it: {delegate}",
  "delegations.end_question":
    "From now on this person does not decide in your place. What they decided stays.",
  "delegations.end_yes": "Yes, end it",

  "subscriptions.words":
    "Caretakers, heating, cleaning: an e-mail tells them what becomes of bookings. None names an individual.",
  "subscriptions.nothing": "No service is told.",
  "subscriptions.new": "Tell a service",
  "subscriptions.service": "Name of the service",
  "subscriptions.changes": "Of what",
  "subscriptions.alarms": "alarms at the doors",
  "subscriptions.rhythm": "When",
  "subscriptions.at": "At what time",
  "subscriptions.daily_at": "once a day at {time}",
  "subscriptions.make": "Tell this service",
  "subscriptions.end": "Tell it no more: {service}",
  "subscriptions.end_question": "This service gets nothing more; what waits is not sent.",
  "subscriptions.end_yes": "Yes, tell it no more",
  "change.requested": "requests received",
  "change.approved": "bookings approved",
  "change.refused": "requests refused",
  "change.cancelled": "cancellations",
  "change.moved": "changes of date or room",
  "rhythm.at_once": "each time, at once",
  "rhythm.daily": "once a day",

  "arrival.title": "Announce an arrival",
  "arrival.email_hint": "Empty: no invitation is sent.",
  "arrival.day": "First day",
  "arrival.time": "From",
  "arrival.no_department":
    "No department is known: one is added on the page of a person of the directory.",
  "arrival.means":
    "Account, badge and codes begin by themselves at that instant. Five days before, an e-mail invites to choose a password.",
  "arrival.announce": "Announce this arrival",
  "departure.of_somebody": "Announce a departure",
  "departure.who": "Who leaves",
  "departure.no_staff": "Nobody works for the town yet, as the directory says.",
  "renewals.words":
    "Accepted papers whose last day is near, the nearest first. Managers are told 30 and 7 days before.",
  "renewals.within": "Last day within",
  "renewals.days_one": "{n} day",
  "renewals.days_many": "{n} days",
  "renewals.nothing": "No paper comes to its last day within that time.",
  "renewals.list": "Papers to renew, the most urgent first",
  "renewals.whose": "Whose",
  "renewals.how_long": "Left",
};
