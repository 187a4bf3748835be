// Staff, their duties, and what these open: from a word in a profile to what the door answers.

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

async function staff(browser, email) {
  const page = await openPage(browser);
  await signIn(page, email);
  await enrol(page);
  return page;
}

async function keepsDepartments(page) {
  await page.getByRole("link", { name: "Arrivées et départs" }).first().click();
  await page.getByRole("link", { name: "Agents et missions" }).click();
  await page.getByText("Aucun service n’est connu.").waitFor();
  await page.getByText("Aucun agent n’est connu.").waitFor();
  await looksRight(page, "staff-none");
  await page.getByText("Ajouter un service").click();
  await page.getByLabel("Service", { exact: true }).fill("Culture");
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await page.getByText("Renommer : Culture").click();
  await page.getByLabel("Service", { exact: true }).fill("Culture et fêtes");
  await looksRight(page, "department-rename");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("Renommer : Culture et fêtes").waitFor();
}

/** The office says where somebody works. */
async function employs(page) {
  await page.goto(`${url}/personnes?q=alix`);
  await page.getByRole("link", { name: "Alix Moreau" }).click();
  const form = page.locator("form").filter({ has: page.getByText("Depuis le") });
  await page.getByRole("heading", { name: "Travail pour la ville" }).waitFor();
  const id = new URL(page.url()).pathname.split("/").pop();
  const departments = await (await page.request.get(`${url}/api/v1/departments`)).json();
  assert.equal(departments.items.length, 1);
  await form.getByRole("combobox").selectOption("Culture et fêtes");
  await form.getByRole("button", { name: "Enregistrer" }).click();
  await page.waitForFunction(
    async (address) => (await fetch(address)).status === 200,
    `${url}/api/v1/staff/${id}`,
  );
  return id;
}

async function givesADuty(page) {
  await page.reload();
  await page.getByRole("heading", { level: 3, name: "Alix Moreau" }).waitFor();
  await page.getByText("Aucune mission.").waitFor();
  await page.getByText("Donner une mission à Alix Moreau").click();
  await page.getByLabel("Mission", { exact: true }).waitFor();
  await page.evaluate(() => document.querySelectorAll("form").forEach((form) => (form.noValidate = true)));
  await page.getByLabel("Mission", { exact: true }).fill("Gardien");
  await page.getByLabel("Premier jour").fill(dayIn(0));
  await page.getByLabel("Dernier jour").fill(dayIn(-3));
  await page.getByRole("button", { name: "Donner cette mission" }).click();
  await page.locator("small.error").waitFor();
  await looksRight(page, "duty-refused");
  await page.getByLabel("Dernier jour").fill("");
  await page.getByLabel("Mission", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("N’ouvre aucune porte").waitFor();
}

async function opensByProfile(page, person) {
  await page.goto(`${url}/profils`);
  await page.getByText("Ajouter un profil").click();
  await page.getByLabel("Nom", { exact: true }).fill("Gardiens");
  await page.getByLabel("Missions").fill("Gardien");
  await page.getByLabel("LCR Danton, de la rue à la salle").check();
  for (let day = 0; day < 7; day += 1) {
    await page.getByRole("button", { name: "Ajouter un horaire" }).click();
  }
  await page.getByRole("button", { name: "Ajouter ce profil" }).click();
  await page.getByRole("heading", { name: "Gardiens" }).waitFor();
  await page.getByRole("link", { name: "Badges" }).click();
  await page.getByText("Donner un badge").click();
  await page.getByLabel("Numéro du badge").fill("04:A2:19:B2");
  await page.getByLabel("Pour qui").selectOption("Un agent de la ville");
  await page.getByLabel("Son numéro dans l’annuaire").fill(person);
  await page.getByRole("button", { name: "Donner ce badge" }).click();
  await page.getByText("son numéro ne sera plus affiché").waitFor();
}

/** Every badge, asked for at the door: inside the hours of the profile, and outside of them. */
async function asksWhoOpens(page, opens) {
  await page.goto(`${url}/pourquoi`);
  await page.getByLabel("Quelle porte").selectOption("Porte d’entrée (danton-entree)");
  for (const [hour, says] of [["10:00", opens], ["03:00", "non"]]) {
    await page.getByLabel("À quel instant").fill(`${dayIn(3)}T${hour}`);
    await page.getByRole("button", { name: "Demander pour tous les badges" }).click();
    await page.getByRole("row", { name: "Badge n° 1" }).getByText(says, { exact: true }).waitFor();
  }
}

async function replacesABadge(page, person) {
  await page.goto(`${url}/badges`);
  await page.getByRole("button", { name: "Perdu : badge n° 1" }).click();
  await page.getByRole("button", { name: "Oui, il est perdu" }).click();
  await page.getByRole("button", { name: "Remplacer le badge n° 1" }).click();
  await page.getByText("À la place du badge n° 1, qui est perdu.").waitFor();
  const number = page.getByLabel("Numéro du badge");
  assert.ok(await number.evaluate((element) => element === document.activeElement));
  assert.equal(await page.getByLabel("Son numéro dans l’annuaire").inputValue(), person);
  await looksRight(page, "badge-replace");
  await number.fill("04:A2:19:B3");
  await page.getByLabel("Dernier jour").fill(dayIn(60));
  await page.getByRole("button", { name: "Donner ce badge" }).click();
  await page.getByText("C’est le badge n° 2").waitFor();
  await page.getByRole("button", { name: "Retrouvé : badge n° 1" }).click();
  await page.getByRole("button", { name: "Oui, il est retrouvé" }).click();
  await page.getByRole("cell", { name: "Rendu", exact: true }).waitFor();
  await page.getByLabel("Lesquels").selectOption("Perdu");
  await page.getByText("Aucun badge n’est dans cet état.").waitFor();
  await looksRight(page, "badges-none-lost");
}

await story(async (browser) => {
  const resources = await staff(browser, people.humanResources);
  await keepsDepartments(resources);
  const office = await staff(browser, people.office);
  const person = await employs(office);
  await givesADuty(resources);
  const access = await staff(browser, people.accessAdministrator);
  await opensByProfile(access, person);
  await asksWhoOpens(access, "oui");
  await looksRight(access, "who-opens");
  await resources.reload();
  await resources.getByText("Ouvre, par les profils : Gardiens.").waitFor();
  await looksRight(resources, "staff");
  await resources.getByRole("button", { name: "Retirer la mission Gardien à Alix Moreau" }).click();
  await looksRight(resources, "duty-remove");
  await resources.getByRole("button", { name: "Oui, retirer" }).click();
  await resources.getByText("Aucune mission.").waitFor();
  await asksWhoOpens(access, "non");
  await replacesABadge(access, person);
  for (const page of [resources, office, access]) {
    noComplaints(page);
  }
  const stranger = await openPage(browser);
  await signIn(stranger, people.manager);
  await stranger.goto(`${url}/agents`);
  await stranger.getByText("Cette page n’est pas ouverte à votre compte.").first().waitFor();
  await looksRight(stranger, "staff-no-right");
});
