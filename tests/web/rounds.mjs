// A yearly round from its preparation to what each association got and why.

import assert from "node:assert/strict";

import {
  dayIn,
  enrol,
  looksRight,
  noComplaints,
  openPage,
  people,
  signIn,
  story,
  url,
} from "./browser.mjs";

/** All of a draft still changes: its dates, and what counts. */
async function correctsTheDraft(page) {
  await page.getByText("Changer cette campagne").click();
  await page.getByLabel("Dernier jour de la saison").fill(dayIn(20));
  await page.getByRole("button", { name: "Enregistrer les changements" }).click();
  await page.locator("small.error").first().waitFor();
  await looksRight(page, "round-edit-refused");
  await page.getByLabel("Dernier jour de la saison").fill(dayIn(67));
  await page.getByLabel("Poids").nth(1).fill("35");
  await page.getByRole("button", { name: "Enregistrer les changements" }).click();
  await page.getByText("Salle demandée en premier (poids 35)").waitFor();
}

/** Of an opened one the name and the last day for wishes do. */
async function prolongs(page) {
  await page.getByText("Changer cette campagne").click();
  assert.equal(await page.getByLabel("Poids").count(), 0);
  await page.getByLabel("Souhaits jusqu’au").fill(dayIn(8));
  await looksRight(page, "round-edit-open");
  await page.getByRole("button", { name: "Enregistrer les changements" }).click();
  await page.getByRole("button", { name: "Enregistrer les changements" }).waitFor({ state: "detached" });
}

/** What each association was told of it, and what became of it. */
async function readsMessages(page) {
  await page.getByText("Messages envoyés, et ce qu’ils sont devenus").click();
  await page.getByRole("cell", { name: "résultat de la campagne annuelle" }).first().waitFor();
  await looksRight(page, "round-messages");
}

async function prepares(page) {
  await page.goto(`${url}/campagnes`);
  await page.getByText("Aucune campagne n’est annoncée.").waitFor();
  await looksRight(page, "rounds-none");
  await page.getByText("Préparer une campagne").click();
  await page.getByLabel("Nom", { exact: true }).fill("Saison d’essai");
  await page.getByLabel("Souhaits jusqu’au").fill(dayIn(-1));
  await page.getByRole("button", { name: "Préparer cette campagne" }).click();
  await page.locator("small.error").first().waitFor();
  await looksRight(page, "round-refused");
  await page.getByLabel("Souhaits jusqu’au").fill(dayIn(5));
  await page.getByLabel("Premier jour de la saison").fill(dayIn(30));
  await page.getByLabel("Dernier jour de la saison").fill(dayIn(60));
  await page.getByRole("button", { name: "Ajouter un critère" }).click();
  await page.getByLabel("Comme la ville l’a décidé").nth(1).fill("Salle demandée en premier");
  await page.getByRole("button", { name: "Préparer cette campagne" }).click();
  await page.getByRole("heading", { level: 1, name: "Saison d’essai" }).waitFor();
  await page.getByText("En préparation").waitFor();
  await correctsTheDraft(page);
  return new URL(page.url()).pathname;
}

/** Rooms are ranked by keyboard alone. */
async function ranks(page, first, second) {
  const add = page.getByLabel("Ajouter une salle");
  await add.selectOption(first);
  await add.selectOption(second);
  const raise = page.getByRole("button", { name: `Préférer ${second}` });
  await raise.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `Préférer ${first}` }).waitFor();
}

async function wishes(page, round, { attendees, purpose }) {
  await page.goto(`${url}${round}`);
  await page.getByText("Dire un souhait").click();
  await page.getByLabel("Jour", { exact: true }).selectOption("mardi");
  await page.getByLabel("De", { exact: true }).fill("18:00");
  await page.getByLabel("À", { exact: true }).fill("20:00");
  await page.getByLabel("Nombre de personnes").fill(String(attendees));
  await page.getByLabel("Pour quoi faire").fill(purpose);
  await ranks(page, "LCR Semanaz", "LCR Danton");
}

async function statesAWish(browser, round) {
  const page = await openPage(browser);
  await signIn(page, people.manager);
  await page.getByRole("link", { name: "Campagnes annuelles" }).first().click();
  await page.getByRole("link", { name: "Saison d’essai" }).click();
  await page.getByText("Aucun souhait pour l’instant.").waitFor();
  await looksRight(page, "round-open");
  await wishes(page, round, { attendees: 4000, purpose: "Répétition hebdomadaire" });
  await page.getByRole("button", { name: "Envoyer ce souhait" }).click();
  await page.getByRole("alert").waitFor();
  await looksRight(page, "wish-refused");
  await page.getByLabel("Nombre de personnes").fill("20");
  await page.getByRole("button", { name: "Envoyer ce souhait" }).click();
  await page.getByText("Le souhait est noté.").waitFor();
  await page.getByText("1. LCR Danton, 2. LCR Semanaz").waitFor();
  await page.getByText("Changer le souhait n°").click();
  await page.getByRole("button", { name: /^Retirer le souhait n°/ }).click();
  await looksRight(page, "wish");
  assert.equal(await page.getByText(/^Régler le souhait/).count(), 0);
  return page;
}

/** The office states one for who telephones, sees that both meet, and settles it elsewhere. */
async function weighs(page, round) {
  await wishes(page, round, { attendees: 10, purpose: "Judo des petits" });
  await page.getByLabel("Pour quelle association").fill("judo");
  await page.getByRole("button", { name: "Judo Club Fictif" }).click();
  await page.getByRole("button", { name: "Envoyer ce souhait" }).click();
  await page.getByText("Le souhait est noté.").waitFor();
  await page.getByText(/18:00 – 20:00 : souhaits/).first().waitFor();
  await page.getByRole("button", { name: "Clore les souhaits" }).click();
  await page.getByText("Close", { exact: true }).waitFor();
  const judo = page.locator("ul.cards > li", { hasText: "Judo Club Fictif" });
  await judo.getByText("Régler le souhait n°").click();
  await judo.getByLabel("Salle", { exact: true }).selectOption("aucune : pas de créneau");
  await judo.getByRole("textbox", { name: "Raison" }).fill("Le dojo ouvre à la rentrée");
  await looksRight(page, "round-office");
  await judo.getByRole("button", { name: "Régler ainsi" }).click();
  await judo.getByText("Décision du bureau : Le dojo ouvre à la rentrée").waitFor();
}

async function publishes(page) {
  await page.getByRole("button", { name: "Calculer une proposition" }).click();
  await page.getByText("Proposition faite").waitFor();
  await page.getByText(/La proposition vaut \d+ points/).waitFor();
  await page.getByRole("button", { name: "Publier la proposition" }).click();
  await looksRight(page, "round-publish");
  await page.getByRole("button", { name: "Oui, publier" }).click();
  await page.getByText("Publiée", { exact: true }).waitFor();
}

await story(async (browser) => {
  const office = await openPage(browser);
  await signIn(office, people.office);
  await enrol(office);
  const round = await prepares(office);
  const manager = await openPage(browser);
  await signIn(manager, people.manager);
  await manager.goto(`${url}/campagnes`);
  await manager.getByText("Aucune campagne n’est annoncée.").waitFor();
  await manager.context().close();

  await office.getByRole("button", { name: "Ouvrir aux souhaits" }).click();
  await office.getByText("Ouverte", { exact: true }).waitFor();
  await prolongs(office);
  const association = await statesAWish(browser, round);
  await weighs(office, round);
  await association.reload();
  await association.getByText("Souhait n°").first().waitFor();
  assert.equal(await association.getByText("accordé").count(), 0, "told before it is published");
  await publishes(office);
  await readsMessages(office);
  await association.reload();
  await association.getByText("accordé").waitFor();
  await looksRight(association, "round-published");
  assert.equal(await association.getByText("Judo Club Fictif").count(), 0);
  await association.getByRole("link", { name: /^Série n°|^Réservations répétées/ }).click();
  await association.getByRole("heading", { level: 2 }).first().waitFor();
  noComplaints(office);
  noComplaints(association);
});
