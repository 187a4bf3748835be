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
  await searchesTheLog(page);
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
});
