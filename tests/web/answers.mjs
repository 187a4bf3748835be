// The office answers many requests at once, sees what is kept, what legal time left, and what was told.

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

async function request(page, { room, day, purpose, repeat }) {
  const rooms = await (await page.request.get(`${url}/api/v1/rooms`)).json();
  const { id } = rooms.items.find(({ name }) => name === room);
  await page.goto(`${url}/demander?room=${id}&day=${day}&from=18:00&to=20:00&people=10`);
  await page.getByLabel("Pour quoi faire").fill(purpose);
  if (repeat) {
    await page.getByLabel("Chaque semaine").check();
    await page.getByLabel("Pas pendant les vacances").uncheck();
    await page.getByLabel(/^Jusqu/).fill(dayIn(repeat));
  }
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
}

async function send(page) {
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
}

/** Two want the same room at the same time; a series of three dates besides. */
async function requests(browser) {
  const association = await openPage(browser);
  await signIn(association, people.manager);
  const slot = { room: "Salle de réunion", day: dayIn(40) };
  await request(association, { ...slot, purpose: "Bureau de la chorale" });
  await send(association);
  await request(association, {
    room: "LCR Semanaz",
    day: dayIn(12),
    purpose: "Répétition",
    repeat: 12 + 14,
  });
  await send(association);
  const individual = await openPage(browser);
  await signIn(individual, people.individual);
  await request(individual, { ...slot, purpose: "Fête" });
  await send(individual);
  return { association, individual };
}

const look = (page) => page.getByRole("button", { name: "Voir ce que cela donnerait" });

async function approves(page) {
  await page.goto(`${url}/demandes`);
  await page.getByText("Cochez des demandes dans le tableau").waitFor();
  await page.getByRole("button", { name: "Tout choisir" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("5 demandes choisies.").waitFor();
  await looksRight(page, "inbox-selection");
  await look(page).focus();
  await page.keyboard.press("Enter");
  await page.getByText("4 demandes peuvent recevoir cette réponse.").waitFor();
  await page.getByText("1 demande reste en attente.").waitFor();
  await page.getByText(/^Veut la même salle au même moment que/).first().waitFor();
  await looksRight(page, "inbox-preview");
  await page.getByRole("button", { name: "Corriger" }).click();
  await page.getByRole("button", { name: "Ne rien choisir" }).click();
  await page.getByRole("button", { name: /^Toute la série n°/ }).first().click();
  await page.getByText("3 demandes choisies.").waitFor();
  await look(page).click();
  await page.getByRole("button", { name: "Accepter 3 demandes" }).click();
  await page.getByText("3 demandes ont reçu leur réponse").waitFor();
  await looksRight(page, "inbox-answered");
  await page.getByRole("button", { name: "Fermer ce compte rendu" }).click();
}

async function refuses(page) {
  await page.getByRole("button", { name: "Tout choisir" }).click();
  await page.getByText("2 demandes choisies.").waitFor();
  await page.getByLabel("Refuser", { exact: true }).check();
  await page.getByLabel("Motif du refus").selectOption({ index: 1 });
  await page.getByLabel("Explication pour le demandeur").fill("La salle sert au vote ce jour-là.");
  await looksRight(page, "inbox-refuse");
  await look(page).click();
  await page.getByRole("button", { name: "Refuser 2 demandes" }).click();
  await page.getByText("2 demandes ont reçu leur réponse").waitFor();
  await page.getByText("Aucune demande n’attend de réponse.").waitFor();
}

/** The office keeps a slot for somebody who telephones. */
async function keeps(page) {
  await page.goto(`${url}/options`);
  await page.getByText("Aucun créneau n’est gardé.").waitFor();
  await looksRight(page, "holds-none");
  for (const ahead of [50, 51]) {
    await page.goto(`${url}/trouver?day=${dayIn(ahead)}&from=18:00&to=20:00&people=20`);
    await page.getByRole("link", { name: "Demander cette salle : LCR Danton" }).click();
    await page.getByLabel("Pour qui", { exact: true }).fill("domin");
    await page.getByRole("button", { name: "Dominique Faure" }).click();
    await page.getByLabel("Pour quoi faire").fill("Fête de famille");
    await page.getByRole("button", { name: "Vérifier ma demande" }).click();
    await page.getByText("Garder ce créneau par une option").click();
    await page.getByLabel("Garder jusqu’au").fill(dayIn(5));
    await looksRight(page, "hold-place");
    await page.getByRole("button", { name: "Poser l’option" }).click();
    await page.getByRole("heading", { level: 1, name: "Options" }).waitFor();
  }
  await page.getByText("Pour Dominique Faure").nth(1).waitFor();
  await page.getByRole("button", { name: "Lever l’option n° 1" }).click();
  await looksRight(page, "holds");
  await page.getByRole("button", { name: "Non, garder l’option" }).click();
}

async function confirms(page) {
  await page.goto(`${url}/reservations`);
  await page.getByRole("heading", { name: "Créneaux gardés pour vous" }).waitFor();
  assert.equal(await page.getByText(/^Gardé jusqu’au/).count(), 2, "each with its deadline");
  await page.getByRole("button", { name: /^Rendre : LCR Danton/ }).last().click();
  await looksRight(page, "my-holds");
  await page.getByRole("button", { name: "Oui, le rendre" }).click();
  await page.waitForFunction(() => document.body.innerText.match(/Gardé jusqu’au/g)?.length === 1);
  await page.getByRole("button", { name: /^Réserver : LCR Danton/ }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  await page.goto(`${url}/reservations`);
  await page.getByRole("heading", { name: "À venir" }).waitFor();
  assert.equal(await page.getByText(/^Gardé jusqu’au/).count(), 0);
}

/** A zone database of tomorrow would need a zone to change: what it leaves is written where it writes it. */
async function followsLegalTime(page) {
  await page.goto(`${url}/heure-legale`);
  await page.getByText("Aucune réservation n’est touchée").waitFor();
  await looksRight(page, "time-conflicts-none");
  changeDatabase(
    "INSERT INTO time_conflicts (booking_id, town_id, start_at, end_at, tz_version, found_at, rule," +
      " detail_fr, detail_en) SELECT id, town_id, start_at, end_at, '2027a'," +
      " strftime('%s', 'now'), 'room_taken', 'La salle est déjà prise sur ce créneau.'," +
      " 'Somebody has the room then.' FROM bookings WHERE status = 'approved' ORDER BY id LIMIT 1",
  );
  await page.goto(`${url}/demandes`);
  await page.getByText("1 réservation est touchée").waitFor();
  await page.getByRole("link", { name: "Voir quoi faire" }).click();
  await page.getByText("La salle est déjà prise sur ce créneau.").waitFor();
  await looksRight(page, "time-conflicts");
  await page.getByRole("link", { name: /^Ouvrir la réservation n°/ }).click();
  await page.getByText("Déplacer cette réservation").waitFor();
}

async function readsMessages(page) {
  const messages = page.getByText("Messages envoyés, et ce qu’ils sont devenus");
  await messages.click();
  await page.getByRole("link", { name: /^Lire le message n°/ }).first().waitFor();
  await looksRight(page, "booking-messages");
}

/** The office gives somebody's booking up, and says why. */
async function cancelsForSomebody(page) {
  await page.getByRole("button", { name: "Annuler cette réservation" }).click();
  await page.getByLabel("Motif", { exact: true }).selectOption("Alerte météorologique");
  await page.getByLabel("Explication", { exact: true }).fill("Vents violents annoncés.");
  await looksRight(page, "office-cancel");
  await page.getByRole("button", { name: "Oui, annuler" }).click();
  await page.getByText("Vents violents annoncés.").waitFor();
  await page.goto(`${url}/heure-legale`);
  await page.getByText("Aucune réservation n’est touchée").waitFor();
}

await story(async (browser) => {
  const { association, individual } = await requests(browser);
  const office = await openPage(browser);
  await signIn(office, people.office);
  await enrol(office);
  await approves(office);
  await refuses(office);
  await keeps(office);
  await confirms(individual);
  await followsLegalTime(office);
  await readsMessages(office);
  await cancelsForSomebody(office);
  noComplaints(office);
  noComplaints(individual);

  for (const path of ["/demandes", "/options", "/heure-legale"]) {
    await association.goto(`${url}${path}`);
    if (path !== "/demandes") {
      await association.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
    }
    await looksRight(association, `stranger${path.replace("/", "-")}`);
  }
  await association.goto(`${url}/reservations`);
  await association.getByRole("heading", { name: "À venir" }).waitFor();
  assert.equal(await association.getByText("Messages envoyés").count(), 0);
  noComplaints(association);
});
