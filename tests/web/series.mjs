// A series changed and given up by its three scopes; dates that did not make it are asked for again.

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

const kFirst = 12;

async function request(page, { room, day }) {
  await page.goto(`${url}/trouver?day=${day}&from=18:00&to=20:00&people=20`);
  await page.getByRole("link", { name: `Demander cette salle : ${room}` }).click();
  await page.getByLabel("Pour quoi faire").fill("Répétition");
}

async function send(page) {
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  return new URL(page.url()).pathname;
}

/** The office has the room on the third date. */
async function takesADate(page) {
  await request(page, { room: "LCR Semanaz", day: dayIn(kFirst + 14) });
  const booking = await send(page);
  await page.getByRole("button", { name: "Accepter" }).click();
  await page.getByText("La salle est réservée.").waitFor();
  return booking;
}

async function asksEveryWeek(page) {
  await request(page, { room: "LCR Semanaz", day: dayIn(kFirst) });
  await page.getByLabel("Chaque semaine").check();
  await page.getByLabel("Pas pendant les vacances").uncheck();
  const series = await send(page);
  await page.getByRole("heading", { name: "Les dates non demandées" }).waitFor();
  assert.equal(await page.getByRole("checkbox").count(), 1, "one date is missed");
  return series;
}

async function asksAgain(page, office, taken) {
  await page.getByRole("button", { name: "Demander à nouveau" }).click();
  await page.getByText("Aucune de ces dates n’est libre :").waitFor();
  await looksRight(page, "series-retry-refused");
  await office.goto(`${url}${taken}`);
  await office.getByRole("button", { name: "Annuler cette réservation" }).click();
  await office.getByRole("button", { name: "Oui, annuler" }).click();
  await office.getByText("Annulée", { exact: false }).first().waitFor();
  await page.reload();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Demander à nouveau" }).click();
  await page.getByText("Les dates libres sont demandées.").waitFor();
  const missed = page.getByRole("heading", { name: "Les dates non demandées" });
  await missed.waitFor({ state: "detached" });
}

async function opensChange(page, series) {
  await page.goto(`${url}${series}`);
  await page.getByRole("link", { name: "Changer l’horaire, la salle ou le rythme" }).click();
  await page.getByRole("heading", { level: 1, name: /^Changer les réservations/ }).waitFor();
}

async function looks(page) {
  await page.getByRole("button", { name: "Voir ce que devient chaque date" }).click();
  await page.getByRole("button", { name: "Changer la série" }).waitFor();
}

/** One date alone, by keyboard. */
async function changesOne(page, series) {
  await opensChange(page, series);
  const see = page.getByRole("button", { name: "Voir ce que devient chaque date" });
  assert.ok(await see.isDisabled(), "nothing differs yet");
  await looksRight(page, "series-change");
  await page.getByLabel("Une seule date").focus();
  await page.keyboard.press("Space");
  await page.getByLabel("Quelle date").selectOption({ index: 1 });
  assert.equal(await page.getByLabel("Rythme").count(), 0, "one date has no rhythm");
  await page.getByLabel("Nombre de personnes").fill("4000");
  await see.focus();
  await page.keyboard.press("Enter");
  await page.locator("small.error").waitFor();
  await looksRight(page, "series-change-refused");
  await page.getByLabel("Nombre de personnes").fill("20");
  await page.getByLabel("De", { exact: true }).fill("19:00");
  await page.getByLabel("À", { exact: true }).fill("21:00");
  await looks(page);
  await page.getByText("1 date change.").waitFor();
  await looksRight(page, "series-change-preview");
  await page.getByRole("button", { name: "Changer la série" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("La série est changée.").waitFor();
  assert.equal(await page.getByRole("link", { name: /19:00 – 21:00/ }).count(), 1);
  assert.equal(await page.getByRole("link", { name: /18:00 – 20:00/ }).count(), 10);
}

/** From a date on the series goes on by itself; the date with hours of its own keeps them. */
async function changesWhatFollows(page, series) {
  await opensChange(page, series);
  await page.getByLabel("Une date et toutes les suivantes").check();
  await page.getByLabel("Quelle date").selectOption({ index: 6 });
  await page.getByLabel("De", { exact: true }).fill("17:00");
  await page.getByLabel("À", { exact: true }).fill("19:00");
  await looks(page);
  await page.getByText("5 dates changent.").waitFor();
  await page.getByRole("button", { name: "Changer la série" }).click();
  await page.getByText("La série est changée.").waitFor();
  await page.getByRole("link", { name: /^La série continue ici/ }).waitFor();
  assert.equal(await page.getByRole("link", { name: /17:00 – 19:00/ }).count(), 5);
  await looksRight(page, "series-split");
  return new URL(page.url()).pathname;
}

/** Every other week: the dates between are given up, and said before. */
async function changesTheRhythm(page, series) {
  await opensChange(page, series);
  await page.getByLabel("Rythme").selectOption("Toutes les deux semaines");
  await looks(page);
  await page.getByText(/2 dates sont rendues\./).waitFor();
  await looksRight(page, "series-change-rhythm");
  await page.getByRole("button", { name: "Corriger" }).click();
  await page.getByLabel("Rythme").waitFor();
}

async function cancels(page, series) {
  await page.goto(`${url}${series}`);
  const open = page.getByText("Annuler des dates…");
  await open.click();
  await page.getByText("1 date sera annulée :").waitFor();
  await page.getByRole("button", { name: "Annuler ces dates" }).click();
  await looksRight(page, "series-cancel");
  await page.getByRole("button", { name: "Oui, les annuler" }).click();
  await page.getByText("C’est annulé.").waitFor();
  await open.click();
  await page.getByLabel("Une date et toutes les suivantes").check();
  await page.getByLabel("Quelle date").selectOption({ index: 2 });
  await page.getByText("2 dates seront annulées :").waitFor();
  await page.getByLabel("Toutes les dates à venir").check();
  await page.getByText("4 dates seront annulées :").waitFor();
  await page.getByRole("button", { name: "Annuler ces dates" }).click();
  await page.getByRole("button", { name: "Oui, les annuler" }).click();
  await open.waitFor({ state: "detached" }); // nothing is left to cancel
  await page.goto(`${url}${series}/changer`);
  await page.getByText("Il ne reste aucune date à changer.").waitFor();
  await looksRight(page, "series-change-nothing");
}

async function stranger(browser, series) {
  const page = await openPage(browser);
  await signIn(page, people.individual);
  await page.goto(`${url}${series}/changer`);
  await page.getByText("Cela n’existe pas, ou n’est plus visible pour vous.").waitFor();
  await looksRight(page, "series-change-no-right");
}

await story(async (browser) => {
  const office = await openPage(browser);
  await signIn(office, people.office);
  await enrol(office);
  const taken = await takesADate(office);
  const page = await openPage(browser);
  await signIn(page, people.manager);
  const series = await asksEveryWeek(page);
  await asksAgain(page, office, taken);
  await changesOne(page, series);
  const rest = await changesWhatFollows(page, series);
  await changesTheRhythm(page, rest);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: /^Change repeated bookings/ }).waitFor();
  await looksRight(page, "series-change-english");
  await page.getByRole("button", { name: "Français" }).click();
  await stranger(browser, rest);
  await cancels(page, rest);
  noComplaints(page);
  noComplaints(office);
});
