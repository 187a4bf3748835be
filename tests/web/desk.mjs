// The office's desk: what did not arrive, who is told, who stands in; and who comes to the town's service.

import assert from "node:assert/strict";

import {
  changeDatabase,
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

async function staff(browser, email) {
  const page = await openPage(browser);
  await signIn(page, email);
  await enrol(page);
  return page;
}

async function ask(browser) {
  const page = await openPage(browser);
  await signIn(page, people.individual);
  await page.goto(`${url}/trouver?day=${dayIn(35)}&from=14:00&to=16:00&people=10`);
  await page.getByRole("link", { name: "Demander cette salle : LCR Danton" }).click();
  await page.getByLabel("Pour quoi faire").fill("Goûter");
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  return new URL(page.url()).pathname;
}

async function readsWhatDidNotArrive(page) {
  await page.goto(`${url}/non-remis`);
  await page.getByText("Tous les e-mails sont arrivés.").waitFor();
  await looksRight(page, "undelivered-none");
  await page.waitForFunction(async (inbox) => {
    const { items } = await (await fetch(inbox)).json();
    return items.some(({ state }) => state === "sent");
  }, `${url}/api/v1/bookings/1/messages`);
  changeDatabase("UPDATE outbox SET state = 'dead', last_error = '5.1.1' WHERE booking_id = 1");
  await page.reload();
  await page.getByRole("cell", { name: "abandonné" }).first().waitFor();
  await looksRight(page, "undelivered");
}

async function tellsAService(page) {
  await page.getByRole("link", { name: "Services informés" }).click();
  await page.getByText("Aucun service n’est informé.").waitFor();
  await looksRight(page, "subscriptions-none");
  await page.getByText("Informer un service").click();
  await page.getByLabel("Nom du service").fill("Chauffage");
  await page.getByLabel("Adresse e-mail").fill("chauffage@le-pre.example.org");
  await page.getByLabel("Quand", { exact: true }).selectOption("une fois par jour");
  await page.getByLabel("À quelle heure").fill("06:30");
  await page.getByLabel("alarmes des portes").check();
  await looksRight(page, "subscribe");
  await page.getByRole("button", { name: "Informer ce service" }).click();
  await page.getByText("une fois par jour à 06:30").waitFor();
  await page.getByRole("button", { name: "Ne plus informer : Chauffage" }).click();
  await looksRight(page, "subscriptions");
  await page.getByRole("button", { name: "Oui, ne plus l’informer" }).click();
  await page.getByText("Aucun service n’est informé.").waitFor();
}

/** An insurance that ends in twenty days: the office finds it, and its manager is told on the page of papers. */
async function renews(page, browser) {
  await page.getByRole("link", { name: "Papiers à renouveler" }).click();
  await page.getByText("Aucun papier n’arrive à son dernier jour").waitFor();
  await looksRight(page, "renewals-none");
  changeDatabase(
    `INSERT INTO papers (town_id, holder_kind, holder_id, kind, valid_from, valid_until, recorded_at,
       recorded_by_id, accepted_at, accepted_by_id)
     SELECT a.town_id, 'association', a.id, 'insurance', '2020-01-01', '${dayIn(20)}', unixepoch(), p.id,
       unixepoch(), p.id FROM associations a JOIN people p ON p.email = '${people.office}'
      WHERE a.name LIKE 'Chorale%'`,
  );
  await page.reload();
  const row = page.getByRole("row", { name: /^Chorale de l’Exemple/ });
  await row.getByText("À renouveler : encore 20 jours").waitFor();
  await looksRight(page, "renewals");
  await page.getByLabel("Dernier jour dans").selectOption("7 jours");
  await page.getByText("Aucun papier n’arrive à son dernier jour").waitFor();
  const manager = await openPage(browser);
  await signIn(manager, people.manager);
  await manager.goto(`${url}/papiers`);
  await manager.getByText("À renouveler : encore 20 jours").waitFor();
  await looksRight(manager, "papers-renew");
  noComplaints(manager);
}

/** The stage manager decides in the office's place while it is away, and only then. */
async function names(page) {
  await page.getByRole("link", { name: "Délégations" }).click();
  await page.getByText("Personne ne décide à la place d’un autre.").waitFor();
  await looksRight(page, "delegations-none");
  await page.getByText("Nommer quelqu’un").click();
  await page.getByLabel("Qui décidera").fill("alix");
  await page.getByRole("button", { name: "Alix Moreau" }).click();
  await page.getByLabel("Dernier jour").fill(dayIn(3));
  await looksRight(page, "delegate");
  await page.getByRole("button", { name: "Nommer cette personne" }).click();
  await page.getByText(/Alix Moreau décide à la place de/).waitFor();
  await looksRight(page, "delegations");
}

async function decides(page, booking) {
  await page.goto(`${url}/delegations`);
  await page.getByRole("link", { name: "Voir les demandes" }).click();
  await page.getByRole("heading", { level: 1, name: "Demandes" }).waitFor();
  await page.goto(`${url}${booking}`);
  await page.getByRole("button", { name: "Accepter" }).click();
  await page.getByText("La salle est réservée.").waitFor();
}

async function announces(page) {
  await page.getByRole("link", { name: "Arrivées et départs" }).first().click();
  await page.getByText("Annoncer une arrivée").click();
  await page.getByText("Aucun service n’est connu").waitFor();
  await looksRight(page, "arrival-no-department");
  changeDatabase("INSERT INTO departments (town_id, name) SELECT id, 'Culture' FROM towns");
  await page.reload();
  await page.getByText("Annoncer une arrivée").click();
  await page.getByLabel("Nom", { exact: true }).fill("Lou Petit");
  await page.getByLabel("Adresse e-mail").fill("lou.petit@le-pre.example.org");
  await page.getByLabel("Missions").fill("Accueil, Gardien");
  await page.getByLabel("Premier jour").fill(dayIn(-400));
  await page.getByRole("button", { name: "Annoncer cette arrivée" }).click();
  await page.locator("small.error").waitFor();
  await looksRight(page, "arrival-refused");
  await page.getByLabel("Premier jour").fill(dayIn(10));
  await page.getByRole("button", { name: "Annoncer cette arrivée" }).click();
  await page.getByRole("heading", { name: "Arrivée : Lou Petit" }).waitFor();
  await page.getByText("Annoncer un départ").click();
  await page.getByLabel("Qui part").selectOption("Lou Petit");
  await page.getByLabel("Dernier jour").fill(dayIn(200));
  await page.getByRole("button", { name: "Annoncer le départ…" }).click();
  await looksRight(page, "movements-announce");
  await page.getByRole("button", { name: "Oui, annoncer le départ" }).click();
  await page.getByRole("heading", { name: "Départ : Lou Petit" }).waitFor();
}

await story(async (browser) => {
  const booking = await ask(browser);
  const office = await staff(browser, people.office);
  await readsWhatDidNotArrive(office);
  await tellsAService(office);
  await renews(office, browser);
  const stand = await staff(browser, people.stageManager);
  await stand.goto(`${url}${booking}`);
  await stand.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await stand.getByRole("button", { name: "Accepter" }).count(), 0);
  await names(office);
  await decides(stand, booking);
  await office.getByRole("button", { name: "Mettre fin : Alix Moreau" }).click();
  await office.getByRole("button", { name: "Oui, y mettre fin" }).click();
  await office.getByText("terminée").waitFor();
  noComplaints(office);
  noComplaints(stand);

  const resources = await staff(browser, people.humanResources);
  await announces(resources);
  noComplaints(resources);

  const stranger = await openPage(browser);
  await signIn(stranger, people.manager);
  for (const path of ["/non-remis", "/services-informes", "/papiers-a-renouveler"]) {
    await stranger.goto(`${url}${path}`);
    await stranger.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
    await looksRight(stranger, `stranger${path.replace("/", "-")}`);
  }
});
