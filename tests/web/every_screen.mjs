// Axe on every screen and on what it shows instead of its content, light and dark, 320 and 1280 px.

import assert from "node:assert/strict";

import {
  dayIn,
  enrol,
  looksRight,
  noComplaints,
  openPage,
  people,
  settled,
  signIn,
  story,
  url,
} from "./browser.mjs";

async function look(page, path, name) {
  await page.goto(`${url}${path}`);
  await looksRight(page, name);
}

async function ask(page, { room, day, repeat }) {
  await page.goto(`${url}/trouver?day=${day}&from=18:00&to=20:00&people=20`);
  await page.getByRole("link", { name: `Demander cette salle : ${room}` }).click();
  await page.getByLabel("Pour quoi faire").fill("Répétition");
  if (repeat) {
    await page.getByLabel("Chaque semaine").check();
  }
  return new URL(page.url()).searchParams.get("room");
}

async function visitor(browser) {
  const page = await openPage(browser);
  await look(page, "/", "home");
  await look(page, "/connexion", "sign-in");
  await page.getByLabel("Adresse e-mail").fill(people.manager);
  await page.getByLabel("Mot de passe").fill("not the password");
  await page.getByRole("button", { name: "Se connecter", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await looksRight(page, "sign-in-refused");
  await page.getByRole("button", { name: "Recevoir un code par e-mail plutôt" }).click();
  await looksRight(page, "sign-in-by-mail");
  await look(page, `/trouver?day=${dayIn(30)}&from=18:00&to=20:00&people=20`, "find");
  await look(page, `/trouver?day=${dayIn(30)}&from=18:00&to=20:00&people=5000`, "find-nothing");
  await look(page, "/salles/1", "room");
  await look(page, "/salles/999999", "room-unknown");
  await look(page, "/reservations", "signed-out");
  await look(page, "/ailleurs", "lost");
  await look(page, "/affichage/1", "display");
  noComplaints(page);
  await page.context().close();
}

/** An association notes its insurance and sends a picture of it. */
async function sendPaper(page) {
  await page.goto(`${url}/papiers`);
  await settled(page); // the papers of each owner are read by themselves: the first one's may come last
  await page.getByText("Ajouter un papier").first().click();
  await page.getByLabel("Dernier jour").first().fill(dayIn(300));
  await looksRight(page, "papers-add");
  await page.getByRole("button", { name: "Ajouter", exact: true }).first().click();
  await page.getByText("Le fichier manque").waitFor();
  const dot =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await page.getByLabel(/Envoyer le fichier/).setInputFiles({
    name: "attestation.png",
    mimeType: "image/png",
    buffer: Buffer.from(dot, "base64"),
  });
  await page.getByText("la ville doit encore l’accepter").waitFor();
  await looksRight(page, "papers");
}

/** A calendar's address shows once, and is taken away again. */
async function makesACalendar(page) {
  await look(page, "/calendriers", "feeds-empty");
  await page.getByLabel("Quel calendrier").selectOption("Les réservations de Chorale de l’Exemple");
  await page.getByRole("button", { name: "Créer une adresse" }).click();
  const address = await page.locator("code.secret").textContent();
  const calendar = await page.request.get(address);
  assert.match(await calendar.text(), /^BEGIN:VCALENDAR/);
  await page.getByRole("button", { name: /^Supprimer l’adresse/ }).click();
  await looksRight(page, "feeds");
  await page.getByRole("button", { name: "Oui, supprimer" }).click();
  await page.getByText("Vous n’avez créé aucune adresse.").waitFor();
}

async function association(browser) {
  const page = await openPage(browser);
  await signIn(page, people.manager);
  await look(page, "/", "home-association");
  await look(page, "/compte", "account");
  await makesACalendar(page);
  await sendPaper(page);
  const danton = await ask(page, { room: "LCR Danton", day: dayIn(40) });
  await looksRight(page, "ask-details");
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByText("La salle est libre").waitFor();
  await looksRight(page, "ask-verify");
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  await looksRight(page, "booking");
  const booking = new URL(page.url()).pathname;
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Ajouter à mon agenda" }).click();
  assert.match((await saved).suggestedFilename(), /^reservation-\d+\.ics$/);
  await page.getByRole("button", { name: "Annuler cette réservation" }).click();
  await looksRight(page, "booking-cancel");

  await ask(page, { room: "LCR Semanaz", day: dayIn(12), repeat: true });
  await page.getByLabel("Pas pendant les vacances").uncheck();
  await looksRight(page, "ask-series");
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByText(/dates? seront demandées/).waitFor();
  assert.equal(await page.locator("tbody tr").count(), 11, "each date has a row");
  await looksRight(page, "ask-series-verify");
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  await looksRight(page, "series");
  const series = new URL(page.url()).pathname;
  await look(page, "/reservations", "bookings");

  // What is taken is offered elsewhere, and one press takes it.
  await page.goto(`${url}/demander?room=${danton}&day=${dayIn(40)}&from=18:30&to=19:30&people=20`);
  await page.getByLabel("Pour quoi faire").fill("Réunion");
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByText("Voici ce qui est possible").waitFor();
  await looksRight(page, "ask-taken");
  await page.getByRole("button", { name: "M’inscrire sur la liste d’attente" }).click();
  await page.getByRole("button", { name: "Ne plus attendre" }).waitFor();
  await looksRight(page, "waits");
  noComplaints(page);
  return { page, booking, series };
}

async function accept(page, booking) {
  await page.goto(`${url}${booking}`);
  await page.getByRole("button", { name: "Accepter" }).click();
  await page.getByText("La salle est réservée.").waitFor();
}

/** The office reads the file that it accepts. */
async function acceptsAPaper(page) {
  await page.goto(`${url}/associations/1`);
  assert.equal(await page.getByRole("button", { name: /^Accepter/ }).count(), 0);
  await page.getByRole("button", { name: "Lire le fichier attestation.png" }).click();
  await page.getByRole("link", { name: "Ouvrir attestation.png" }).waitFor();
  await looksRight(page, "association-papers");
  await page.getByRole("button", { name: /^Accepter : l’attestation/ }).click();
  await page.getByText("Accepté par la ville").waitFor();
}

async function closes(page) {
  await look(page, "/fermetures", "closures-empty");
  await page.getByText("Fermer une salle ou un site").click();
  await page.getByLabel("Quoi").selectOption("LCR Danton – LCR Danton");
  await page.getByLabel("Premier jour").fill(dayIn(40));
  await page.getByLabel("Dernier jour").fill(dayIn(40));
  await page.getByLabel("Raison").fill("Reprise du parquet");
  await page.getByRole("button", { name: "Voir ce que cela touche" }).click();
  await page.getByText("1 réservation est touchée").waitFor();
  assert.equal(await page.getByRole("button", { name: "Fermer", exact: true }).count(), 0);
  await looksRight(page, "closure-meets");
  await page.getByLabel("Si des réservations").selectOption("Les garder et prévenir");
  await page.getByRole("button", { name: "Voir ce que cela touche" }).click();
  await page.getByRole("button", { name: "Fermer", exact: true }).click();
  await page.getByText("C’est fermé.").waitFor();
  await page.getByRole("button", { name: "Rouvrir : LCR Danton" }).click();
  await looksRight(page, "closures");
  await page.getByRole("button", { name: "Oui, rouvrir" }).click();
  await page.getByText("Rien n’est fermé.").waitFor();
}

async function office(browser, booking, series) {
  const page = await openPage(browser);
  await signIn(page, people.office);
  await looksRight(page, "enrol");
  await enrol(page);
  await looksRight(page, "enrol-done");
  await look(page, "/", "home-office");
  await look(page, "/demandes", "inbox");
  await page.goto(`${url}/trouver?day=${dayIn(50)}&from=18:00&to=20:00&people=20`);
  await page.getByRole("link", { name: "Demander cette salle : LCR Danton" }).click();
  await page.getByLabel("Pour qui", { exact: true }).fill("domin");
  await page.getByRole("button", { name: "Dominique Faure" }).waitFor();
  await looksRight(page, "ask-for-somebody");
  await page.getByRole("button", { name: "Dominique Faure" }).click();
  await page.getByText("Pour Dominique Faure.").waitFor();
  await page.getByLabel("Pour quoi faire").fill("Fête de famille");
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  await look(page, booking, "decide");
  await page.getByText("Refuser…").click();
  await page.getByText("Déplacer cette réservation").click();
  await looksRight(page, "decide-refuse");
  await look(page, `/planning?day=${dayIn(40)}`, "planning-day");
  await look(page, `/planning?day=${dayIn(40)}&view=week`, "planning-week");
  await accept(page, booking);
  await acceptsAPaper(page);
  await closes(page);
  await page.goto(`${url}${series}`);
  await page.locator("ul.plain-list a").first().click();
  await page.waitForURL(/reservations/);
  await accept(page, new URL(page.url()).pathname);
  noComplaints(page);
  await page.context().close();
}

async function stageManager(browser) {
  const page = await openPage(browser);
  await signIn(page, people.stageManager);
  await enrol(page);
  await look(page, "/", "home-stage-manager");
  await page.goto(`${url}/journee?day=${dayIn(40)}`);
  await page.getByLabel("Site").selectOption("LCR Danton");
  await page.getByText("À préparer dès").waitFor();
  await looksRight(page, "day-sheet");
  await page.getByRole("link", { name: "Voir la semaine" }).click();
  await page.getByText("À préparer dès").waitFor();
  await looksRight(page, "week-sheet");
  await look(page, `/journee?day=${dayIn(300)}`, "day-sheet-empty");
  await page.emulateMedia({ media: "print" });
  assert.equal(
    await page.locator("header.top").isVisible(),
    false,
    "the sheet prints its navigation",
  );
  noComplaints(page);
  await page.context().close();
}

await story(async (browser) => {
  await visitor(browser);
  const { page, booking, series } = await association(browser);
  await office(browser, booking, series);
  await page.goto(`${url}${series}`);
  await page.getByText(/^Codes d’accès du/).click();
  await page.getByText(/^Ouvre la porte de|^Pas de code/).waitFor();
  await looksRight(page, "series-passes");
  await page.goto(`${url}${booking}`);
  await page.getByText("Remettre le pass n°").click();
  await page.getByLabel("Nom").fill("Sacha");
  await looksRight(page, "holders");
  await page.getByRole("button", { name: "Remettre", exact: true }).click();
  await page.getByRole("button", { name: "Reprendre le pass n°" }).waitFor();
  await page.getByRole("button", { name: /^Nouveau code pour le pass/ }).click();
  await page.getByRole("button", { name: /^Arrêter le pass/ }).click();
  await looksRight(page, "pass-change");
  const yes = page.getByRole("button", { name: "Oui, un nouveau code" });
  await yes.click();
  await yes.waitFor({ state: "detached" });
  await page.getByRole("link", { name: /Afficher le code/ }).click();
  await page.waitForFunction(() => document.querySelector(".pass img")?.naturalWidth > 100);
  await looksRight(page, "pass");
  await look(page, "/journee", "no-right");
  await stageManager(browser);
});
