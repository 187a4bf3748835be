// The access administrator: doors, a lockdown that two people end, badges, and the log for a purpose.

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

async function disablesADoor(page) {
  await page.goto(`${url}/portes`);
  await page.getByRole("heading", { name: "LCR Danton" }).waitFor();
  await looksRight(page, "doors");
  const row = page.getByRole("row", { name: /lcr-danton/ });
  await row.getByRole("button", { name: /Mettre hors service/ }).click();
  await row.getByLabel("Pourquoi").selectOption("En panne");
  await looksRight(page, "door-disable");
  await row.getByRole("button", { name: "Oui, mettre hors service" }).click();
  await row.getByText("En panne").waitFor();
  await looksRight(page, "door-disabled");
  await row.getByRole("button", { name: /Remettre en service/ }).click();
  await row.getByText("En service", { exact: true }).waitFor();
}

/** Locked down by keyboard: the question takes the focus, and Enter answers it. */
async function locksDown(page) {
  const begin = page.getByRole("button", { name: "Confiner ce site : LCR Danton" });
  await begin.focus();
  await page.keyboard.press("Enter");
  const asked = page.getByRole("region", { name: "Confiner ce site : LCR Danton" });
  assert.ok(await asked.evaluate((element) => element === document.activeElement));
  await page.keyboard.press("Tab");
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText(/Site confiné depuis/).waitFor();
  await page.getByRole("button", { name: /Demander la levée/ }).click();
  await page.getByRole("button", { name: "Oui, demander la levée" }).click();
  await page.getByText("Vous avez demandé la levée").waitFor();
  await looksRight(page, "lockdown");
  assert.equal(await page.getByRole("button", { name: /Lever le confinement/ }).count(), 0);
}

async function confirms(page) {
  await page.goto(`${url}/portes`);
  await page.getByText("La levée est demandée").waitFor();
  assert.equal(await page.getByRole("button", { name: /Mettre hors service/ }).count(), 0);
  await page.getByRole("button", { name: /Confirmer la demande/ }).click();
  await looksRight(page, "lockdown-confirm");
  await page.getByRole("button", { name: "Oui, je le veux aussi" }).click();
  await page.getByText("la personne qui l’a demandée peut la faire").waitFor();
}

async function keepsBadges(page) {
  await page.getByRole("link", { name: "Badges" }).click();
  await page.getByText("Aucun badge n’est donné.").waitFor();
  await page.getByText("Donner un badge").click();
  await page.getByLabel("Numéro du badge").fill("nothing");
  await page.getByLabel("Pour qui").selectOption("Une association");
  await page.getByLabel("Son numéro dans l’annuaire").fill("1");
  await page.getByRole("button", { name: "Donner ce badge" }).click();
  await page.locator("small.error").waitFor();
  await looksRight(page, "badges-refused");
  await page.getByLabel("Numéro du badge").fill("04:A2:19:B2");
  await page.getByRole("button", { name: "Donner ce badge" }).click();
  await page.getByText("son numéro ne sera plus affiché").waitFor();
  await page.getByRole("button", { name: /^Perdu : badge/ }).click();
  await looksRight(page, "badges");
  assert.ok(!(await page.innerText("table")).includes("04:A2"), "a number of a badge is shown");
  await page.getByRole("button", { name: "Oui, il est perdu" }).click();
  await page.getByRole("cell", { name: "Perdu" }).waitFor();
}

/** Why a badge opens or not, once a profile lets its holder in; and when the profile is gone. */
async function asksWhy(page) {
  await page.getByRole("link", { name: "Pourquoi (pas) ?" }).click();
  await page.getByLabel("Badge n°").fill("1");
  await page.getByLabel("Porte", { exact: true }).selectOption("Porte d’entrée (danton-entree)");
  await page.getByLabel("Quand").fill("2020-01-01T10:00");
  await page.getByRole("button", { name: "Demander à la porte" }).click();
  await page.locator("small.error").waitFor();
  await looksRight(page, "why-refused");
  await page.getByLabel("Quand").fill("");
  await page.getByRole("button", { name: "Demander à la porte" }).click();
  await page.getByText(/la porte n’ouvre pas/).waitFor();
  await looksRight(page, "why");
}

async function keepsProfiles(page) {
  await page.getByRole("link", { name: "Profils d’accès" }).click();
  await page.getByText("Aucun profil d’accès.").waitFor();
  await looksRight(page, "profiles-none");
  await page.getByText("Ajouter un profil").click();
  await page.getByLabel("Nom", { exact: true }).fill("Gardiens");
  await page.getByLabel("Missions").fill("Gardien, Accueil");
  await page.getByRole("button", { name: "Ajouter ce profil" }).click();
  await page.locator("form .note.bad").first().waitFor();
  await looksRight(page, "profile-refused");
  await page.getByLabel("LCR Danton, de la rue à la salle").check();
  await page.getByRole("button", { name: "Ajouter un horaire" }).click();
  await page.getByLabel("À", { exact: true }).nth(1).fill("00:00");
  await page.getByRole("button", { name: "Ajouter ce profil" }).click();
  await page.getByText("lundi 08:00 – 18:00, mardi 08:00 – 24:00").waitFor();
  await page.getByText("Changer : Gardiens").click();
  const form = page.getByRole("listitem").filter({ has: page.getByText("Changer : Gardiens") });
  await form.getByLabel("Missions").fill("Gardien");
  await form.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("definition").filter({ hasText: /^Gardien$/ }).waitFor();
  await page.getByRole("button", { name: "Supprimer : Gardiens" }).click();
  await looksRight(page, "profiles");
  await page.getByRole("button", { name: "Oui, supprimer" }).click();
  await page.getByText("Aucun profil d’accès.").waitFor();
}

async function setsADoor(page) {
  await page.goto(`${url}/portes`);
  await page.getByRole("row", { name: /lcr-danton/ }).getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: "Réglages : Porte d’entrée" }).waitFor();
  await page.getByLabel("Ouverture prolongée").fill("10");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.locator("small.error").waitFor();
  await looksRight(page, "door-options-refused");
  await page.getByLabel("Ouverture prolongée").fill("20000");
  await page.getByLabel("Alarme si ouverte depuis").fill("60");
  await page.getByRole("button", { name: "Ajouter un horaire" }).click();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("C’est enregistré").waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Retirer : lundi 08:00" }).waitFor();
  assert.equal(await page.getByLabel("Alarme si ouverte depuis").inputValue(), "60");
  await looksRight(page, "door-options");
}

/** A door whose agent is not there opens for nobody from afar, and says so; proof comes first. */
async function opensNothingWithoutAnAgent(page) {
  changeDatabase("UPDATE sessions SET proved_at = proved_at - 3600");
  await page.goto(`${url}/portes`);
  const row = page.getByRole("row", { name: /lcr-danton/ });
  await row.getByRole("button", { name: "Ouvrir à distance : Porte d’entrée" }).click();
  await row.getByLabel("Pourquoi").selectOption("Livraison");
  await row.getByRole("button", { name: "Oui, ouvrir" }).click();
  await row.getByText("confirmez que c’est bien vous").waitFor();
  await looksRight(page, "door-order-proof");
  changeDatabase("UPDATE sessions SET proved_at = proved_at + 3600");
  await row.getByRole("button", { name: "Oui, ouvrir" }).click();
  await row.getByRole("alert").waitFor();
  await looksRight(page, "door-order-refused");
}

async function readsAlarms(page) {
  await page.goto(`${url}/alarmes`);
  await page.getByText("Aucune alarme en cours.").waitFor();
  await looksRight(page, "alarms-none");
  await page.getByLabel("Montrer aussi celles").check();
  await page.getByText("Aucune alarme n’est connue.").waitFor();
  changeDatabase(
    `INSERT INTO alarms (town_id, kind, agent_id, door_id, begun_at, ended_at, heard_at)
     SELECT town_id, 'held_open', agent_id, id, unixepoch() - 900, unixepoch() - 300, unixepoch()
       FROM doors WHERE agent_id IS NOT NULL LIMIT 1`,
  );
  await page.getByRole("row", { name: /^Porte restée ouverte/ }).waitFor(); // it looks by itself
  await looksRight(page, "alarms");
}

async function searchesTheLog(page) {
  await page.getByRole("link", { name: "Passages" }).first().click();
  await page.getByRole("button", { name: "Chercher dans le journal" }).click();
  const missing = await page.evaluate(() => document.querySelector("select").validity.valueMissing);
  assert.ok(missing, "a search without a purpose is sent");
  await page.getByLabel("Pour quel motif").selectOption("Incident");
  await page.getByRole("button", { name: "Chercher dans le journal" }).click();
  await page.getByText("Aucun passage ne correspond.").waitFor();
  await looksRight(page, "events-none");
  changeDatabase(
    `INSERT INTO access_journals (town_id, agent_id, journal, last_sequence, last_hash)
     SELECT town_id, id, 'j', 1, '' FROM door_agents LIMIT 1`,
    `INSERT INTO access_events (town_id, journal_id, sequence, kind, reason, clock, door_id, reader, pass_number,
       association_id, count, occurred_at, received_at, kept_since)
     SELECT j.town_id, j.id, 1, 'granted', 'granted_booking', 'trusted', MIN(d.id), 'qr', 7, 1, 1,
       unixepoch(), unixepoch(), unixepoch() FROM access_journals j JOIN doors d ON d.town_id = j.town_id`,
  );
  await page.getByRole("button", { name: "Chercher dans le journal" }).click();
  await page.getByRole("cell", { name: "Pass n° 7, Chorale de l’Exemple" }).waitFor();
  await page.getByRole("cell", { name: "Ouverte" }).waitFor();
  await looksRight(page, "events");
  await page.getByLabel("Du").fill(dayIn(-60));
  await page.getByRole("button", { name: "Chercher dans le journal" }).click();
  await page.locator("small.error").waitFor();
}

await story(async (browser) => {
  const page = await staff(browser, people.accessAdministrator);
  await looksRight(page, "enrol-access");
  await disablesADoor(page);
  await locksDown(page);
  const office = await staff(browser, people.office);
  await confirms(office);
  noComplaints(office);
  await page.getByRole("button", { name: "Lever le confinement : LCR Danton" }).click();
  await page.getByRole("button", { name: "Oui, lever le confinement" }).click();
  await page.getByRole("button", { name: "Confiner ce site : LCR Danton" }).waitFor();
  await keepsBadges(page);
  await asksWhy(page);
  await keepsProfiles(page);
  await searchesTheLog(page);
  await setsADoor(page);
  await readsAlarms(page);
  await opensNothingWithoutAnAgent(page);
  noComplaints(page);

  await office.goto(`${url}/badges`);
  await office.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
  await looksRight(office, "badges-no-right");
  await office.goto(`${url}/passages`);
  await office.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
  const stranger = await openPage(browser);
  await signIn(stranger, people.manager);
  await stranger.goto(`${url}/portes`);
  await stranger.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
  await looksRight(stranger, "doors-no-right");
  for (const path of ["/alarmes", "/profils", "/pourquoi", "/portes/1"]) {
    await stranger.goto(`${url}${path}`);
    await stranger.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
    await looksRight(stranger, `stranger${path.replaceAll("/", "-")}`);
  }
});
