import type { papersFr } from "./papers_fr";

/** English words about papers. */
export const papersEn: Record<keyof typeof papersFr, string> = {
  "paper.insurance": "the insurance certificate",
  "paper.agreement": "the agreement",
  "paper.deposit": "the deposit",
  "paper.statutes": "the statutes",
  "paper.declaration": "the declaration to the prefecture",
  "paper.commitment": "the republican commitment",
  "papers.title": "My papers",
  "papers.words":
    "The insurance certificate and the other papers that the town asks for. An access code is sent only once these papers are accepted.",
  "papers.nothing": "No paper is recorded.",
  "papers.accepted": "Accepted by the town",
  "papers.waits": "Sent; the town has still to accept it",
  "papers.no_file": "The file is missing",
  "papers.expired": "Not valid any more",
  "papers.left_one": "To renew: {n} day left",
  "papers.left_many": "To renew: {n} days left",
  "papers.until": "valid until {day}",
  "papers.file": "Send the file (PDF or photo, 8 MB at most)",
  "papers.add": "Add a paper",
  "papers.kind": "Which paper",
  "papers.from": "Valid from",
  "papers.last_day": "Last day",
  "papers.last_day_hint": "Leave it empty where the paper has no end.",
  "papers.reference": "Number",
  "papers.reference_hint": "The number on the paper, if there is one.",
  "papers.add_now": "Add",
};
