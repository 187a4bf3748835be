// What the office keeps besides bookings: statistics, people, associations.

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

/** The office books a room for the town itself: it is approved as it is made. */
async function book(page) {
  await page.goto(`${url}/trouver?day=${dayIn(30)}&from=18:00&to=20:00&people=20`);
  await page.getByRole("link", { name: "Demander cette salle : LCR Danton" }).click();
  await page.getByLabel("Pour quoi faire").fill("Réunion publique");
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  await page.getByRole("button", { name: "Accepter" }).click();
  await page.getByText("La salle est réservée.").waitFor();
}

/** What it is for is said afterwards, and the figures by kind follow. */
async function sorts(page) {
  await page.goto(`${url}/reservations/1`);
  const kind = page.getByLabel("Type d’activité");
  await kind.selectOption("Réunion");
  await page.waitForFunction(async (address) => {
    return (await (await fetch(address)).json()).booking_kind === "reunion";
  }, `${url}/api/v1/bookings/1`);
  await page.reload();
  await kind.waitFor();
  assert.equal(await kind.inputValue(), "reunion");
  await looksRight(page, "booking-kind");
  await page.goto(`${url}/statistiques?from=${dayIn(0)}&last=${dayIn(60)}&by=kind`);
  await page.getByRole("row", { name: /^Réunion/ }).waitFor();
}

async function statistics(page) {
  const period = `from=${dayIn(0)}&last=${dayIn(60)}`;
  await page.goto(`${url}/statistiques?from=2030-01-01&last=2030-12-31`);
  await page.getByText("Aucune réservation acceptée").waitFor();
  await looksRight(page, "reports-empty");
  await page.goto(`${url}/statistiques?from=2030-01-01&last=2020-12-31`);
  await page.getByRole("alert").waitFor();
  await looksRight(page, "reports-refused");
  await page.goto(`${url}/statistiques?${period}`);
  const row = page.getByRole("row", { name: /LCR Danton/ });
  assert.match(await row.textContent(), /LCR Danton12/, "one booking of two hours");
  await page.getByRole("img", { name: /Heures réservées par salle/ }).waitFor();
  await looksRight(page, "reports-usage");
  await page.getByLabel("Par", { exact: true }).selectOption("Mois");
  await page.getByRole("columnheader", { name: "Mois" }).waitFor();

  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Télécharger le tableau" }).click();
  const file = await waiting;
  assert.equal(file.suggestedFilename(), "occupation.csv");
  await page.getByRole("link", { name: "Demandes et décisions" }).click();
  await page.getByRole("img", { name: /Demandes reçues par mois/ }).waitFor();
  await looksRight(page, "reports-decisions");
}

/** A range of a free stretch, by Shift and arrows and by dragging; rooms by size. */
async function choosesARange(page) {
  await page.goto(`${url}/planning?day=${dayIn(45)}`);
  const free = page.getByRole("link", { name: /^LCR Danton : libre 07:00 – 00:00/ });
  await free.focus();
  for (const key of ["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"]) {
    await page.keyboard.press(key);
  }
  await page.getByRole("link", { name: "demander 07:15 – 09:30" }).waitFor();
  await looksRight(page, "planning-range");
  await free.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/demander\?.*from=07%3A15&to=09%3A30/);

  await page.goto(`${url}/planning?day=${dayIn(45)}`);
  await free.scrollIntoViewIfNeeded();
  const cell = await page.locator("td.free", { has: free }).boundingBox();
  const y = cell.y + cell.height / 2;
  const hour = cell.width / 17;
  await page.mouse.move(cell.x + 3.1 * hour, y);
  await page.mouse.down();
  await page.mouse.move(cell.x + 4.9 * hour, y, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/demander\?.*from=10%3A00&to=12%3A00/);

  await page.goto(`${url}/planning?day=${dayIn(45)}`);
  await page.getByLabel("Pour au moins").fill("9000");
  await page.getByText("Aucune salle ne convient").waitFor();
  await looksRight(page, "planning-none");
  await page.getByLabel("Pour au moins").fill("20");
  await free.waitFor();
}

/** What is dragged shows what it would meet first; from its page the same goes by keyboard. */
async function movesByDragging(page) {
  const day = dayIn(30);
  await page.goto(`${url}/planning?day=${day}`);
  const entry = page.getByRole("link", { name: /^LCR Danton, 18:00 – 20:00/ });
  const box = await entry.boundingBox();
  const hour = (await page.getByRole("columnheader", { name: "12 h" }).boundingBox()).width;
  const at = { x: box.x + 0.6 * hour, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x - hour, at.y, { steps: 3 });
  await page.mouse.move(at.x - 3 * hour, at.y, { steps: 3 });
  await page.mouse.up();
  await page.waitForURL(/reservations\/\d+\?.*from=15%3A00&to=17%3A00/);
  await page.getByText("Rien d’autre n’occupe la salle").waitFor();
  await looksRight(page, "move-dragged");
  const from = page.getByLabel("De", { exact: true });
  assert.equal(await from.inputValue(), "15:00");
  await page.getByRole("button", { name: "Déplacer", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(({ search }) => search === "");
  await page.getByText("15:00 – 17:00").first().waitFor();
}

/** The month says how long each room is taken; by equipment; its links lead to the days. */
async function looksThroughTheMonth(page) {
  await page.goto(`${url}/planning?view=month&day=${dayIn(30)}`);
  const cell = page.getByRole("link", { name: /^LCR Danton, .* : 2 h$/ });
  await cell.waitFor();
  await looksRight(page, "planning-month");
  const rooms = await page.locator("table.month tbody tr").count();
  const equipment = page.getByLabel("Avec ce matériel");
  const fixed = (await (await page.request.get(`${url}/api/v1/equipment`)).json()).items.find(
    ({ site_id }) => site_id !== null,
  );
  await equipment.selectOption(fixed.name);
  await page.waitForFunction(
    (before) => document.querySelectorAll("table.month tbody tr").length < before,
    rooms,
  );
  await equipment.selectOption("Peu importe");
  await cell.focus();
  const isFirst = dayIn(30).endsWith("-01");
  await page.keyboard.press(isFirst ? "ArrowRight" : "ArrowLeft");
  const beside = dayIn(isFirst ? 31 : 29);
  const next = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(next, /^LCR Danton, .* : Libre$/);
  await page.keyboard.press("Enter");
  await page.waitForURL(
    ({ searchParams }) =>
      searchParams.get("view") === "day" && searchParams.get("day") === beside,
  );
  await page.getByRole("link", { name: "Voir le mois" }).click();
  await cell.waitFor();
}

await story(async (browser) => {
  const page = await openPage(browser);
  await signIn(page, people.office);
  await enrol(page);
  await book(page);
  await sorts(page);
  await statistics(page);
  await choosesARange(page);
  await looksThroughTheMonth(page);
  await movesByDragging(page);
  noComplaints(page);

  const stranger = await openPage(browser);
  await signIn(stranger, people.manager);
  await stranger.goto(`${url}/statistiques`);
  await looksRight(stranger, "reports-no-right");
  await stranger.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
  noComplaints(stranger);
});
