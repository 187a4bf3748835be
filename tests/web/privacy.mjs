// Data protection: a copy that two people want, a restriction, an erasure, periods, the record, the log.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

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

async function findsSomebody(page, words, name) {
  await page.goto(`${url}/donnees-personnelles`);
  await page.getByLabel("De qui s’agit-il").fill(words);
  await page.getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name: "Données d’une personne" }).waitFor();
}

async function savedFile(page, button) {
  const saved = page.waitForEvent("download");
  await button.click();
  const download = await saved;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

async function readsItsOwn(browser) {
  const page = await openPage(browser);
  await signIn(page, people.manager);
  await page.goto(`${url}/compte`);
  await page.getByRole("link", { name: "Mes données" }).click();
  await page.getByText("Tout ce que la ville sait de vous").waitFor();
  await looksRight(page, "my-data");
  changeDatabase("UPDATE sessions SET proved_at = proved_at - 3600");
  await page.getByRole("button", { name: "Lire la copie" }).click();
  await page.getByText("confirmez que c’est bien vous").waitFor();
  await looksRight(page, "my-data-proof");
  changeDatabase("UPDATE sessions SET proved_at = proved_at + 3600");
  await page.getByRole("button", { name: "Lire la copie" }).click();
  await page.getByText("La copie est complète").waitFor();
  await page.getByText(/^Identité : 1 ligne/).click();
  await page.getByRole("definition").filter({ hasText: people.manager }).waitFor();
  await looksRight(page, "my-data-read");
  const { name, text } = await savedFile(page, page.getByRole("button", { name: /^Garder/ }));
  assert.match(name, /^donnees-\d+\.json$/);
  assert.ok(text.includes(people.manager), "the file lacks whose data it is");
  return page;
}

async function asksForACopy(page) {
  await page.goto(`${url}/donnees-personnelles`);
  await page.getByText("Aucune copie de données n’attend").waitFor();
  await looksRight(page, "privacy-none");
  await page.getByLabel("De qui s’agit-il").fill("nobody of this name");
  await page.getByText("Rien ne correspond").waitFor();
  await findsSomebody(page, "domin", "Dominique Faure");
  await looksRight(page, "person-data");
  await page.getByRole("button", { name: "Demander une copie de ces données" }).click();
  await page.getByText("Vous l’avez demandé").waitFor();
  assert.equal(await page.getByRole("button", { name: "Lire la copie" }).count(), 0);
  await looksRight(page, "person-data-waits");
}

/** By keyboard: the question takes the focus. */
async function confirms(page) {
  await page.goto(`${url}/`);
  await page.getByRole("link", { name: "Protection des données" }).first().click();
  const begin = page.getByRole("button", { name: /^Confirmer la demande/ });
  await begin.focus();
  await page.keyboard.press("Enter");
  await looksRight(page, "privacy-confirm");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Confirmé : la personne").waitFor();
  await looksRight(page, "privacy-confirmed");
}

async function readsTheCopy(page) {
  await page.reload();
  await page.getByRole("button", { name: "Lire la copie" }).click();
  await page.getByText("La copie est complète").waitFor();
  await page.getByText(/^Identité : 1 ligne/).click();
  await page.getByRole("definition").filter({ hasText: people.individual }).first().waitFor();
  await looksRight(page, "person-data-read");
  await page.reload();
  await page.getByRole("button", { name: "Demander une copie de ces données" }).waitFor();
}

async function restricts(page) {
  await page.getByRole("button", { name: "Limiter ces données" }).click();
  await looksRight(page, "restrict");
  await page.getByRole("button", { name: "Oui, limiter" }).click();
  await page.getByText("Données limitées").waitFor();
  await looksRight(page, "restricted");
  await page.getByRole("button", { name: "Mettre fin à la limitation" }).click();
  await page.getByRole("button", { name: "Oui, y mettre fin" }).click();
  await page.getByText("Sans limitation").waitFor();
}

async function erases(page) {
  await findsSomebody(page, "camille", "Camille Roussel");
  assert.equal(await page.getByRole("button", { name: /^Effacer/ }).count(), 0);
  await page.getByLabel("J’ai lu ce qui disparaît").check();
  await page.getByRole("button", { name: "Effacer Camille Roussel…" }).click();
  await page.getByRole("button", { name: "Oui, effacer pour toujours" }).click();
  await page.getByRole("alert").waitFor();
  await looksRight(page, "erase-refused");
  await findsSomebody(page, "domin", "Dominique Faure");
  await page.getByLabel("J’ai lu ce qui disparaît").check();
  await page.getByLabel("Pourquoi").selectOption("La personne le demande");
  await page.getByRole("button", { name: "Effacer Dominique Faure…" }).click();
  await page.getByRole("button", { name: "Oui, effacer pour toujours" }).click();
  await page.getByText(/^La personne n° \d+ est effacée/).waitFor();
  await looksRight(page, "erased");
  await page.goto(`${url}/donnees-personnelles`);
  await page.getByLabel("De qui s’agit-il").fill("domin");
  await page.getByText("Rien ne correspond").waitFor();
}

/** Data protection reads the periods; an administrator changes one, with the council's decision. */
async function keepsPeriods(reader, administrator) {
  await reader.getByRole("link", { name: "Durées de conservation" }).click();
  await reader.getByRole("heading", { name: "E-mails et lettres envoyés" }).waitFor();
  assert.equal(await reader.getByText(/^Changer :/).count(), 0);
  await looksRight(reader, "retention");
  await administrator.goto(`${url}/conservation`);
  await administrator.getByText("Changer : E-mails et lettres envoyés").click();
  await administrator.getByLabel("Durée en mois").waitFor();
  await administrator.evaluate(() => document.querySelectorAll("form").forEach((form) => (form.noValidate = true)));
  await administrator.getByLabel("Durée en mois").fill("600");
  await administrator.getByLabel("Décision du conseil").fill("Délibération 2026-41 du 12 mars 2026");
  await administrator.getByRole("button", { name: "Enregistrer" }).click();
  await administrator.locator("small.error").waitFor();
  await looksRight(administrator, "retention-refused");
  await administrator.getByLabel("Durée en mois").fill("18");
  await administrator.getByRole("button", { name: "Enregistrer" }).click();
  await administrator.getByText("C’est enregistré : E-mails et lettres").waitFor();
  await administrator.getByRole("definition").filter({ hasText: "Délibération 2026-41" }).waitFor();
  await administrator.getByRole("definition").filter({ hasText: /^18 mois$/ }).waitFor();
  await looksRight(administrator, "retention-set");
}

async function readsTheRecord(page) {
  await page.getByRole("link", { name: "Registre des traitements" }).click();
  await page.getByRole("heading", { level: 2, name: "Destinataires" }).waitFor();
  await page.getByRole("cell", { name: "Délibération 2026-41 du 12 mars 2026" }).waitFor();
  await looksRight(page, "register");
  const { name, text } = await savedFile(page, page.getByRole("button", { name: /^Garder/ }));
  assert.equal(name, "registre.md");
  assert.match(text, /^# Registre des traitements/);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 2, name: "Recipients" }).waitFor();
  await looksRight(page, "register-english");
  await page.getByRole("button", { name: "Français" }).click();
}

async function readsTheLog(page) {
  await page.getByRole("link", { name: "Journal d’audit" }).click();
  await page.getByLabel("Pour quoi le lire").selectOption("Contrôle interne");
  await page.getByRole("button", { name: "Lire le journal" }).click();
  await page.getByRole("cell", { name: "retention_set" }).first().waitFor();
  await page.getByText("Toutes ces lignes sont liées").waitFor();
  await looksRight(page, "audit");
  await page.getByLabel("Premier jour").fill(dayIn(-30));
  await page.getByLabel("Dernier jour").fill(dayIn(-29));
  await page.getByRole("button", { name: "Lire le journal" }).click();
  await page.getByText("Aucune ligne sur ces jours.").waitFor();
  await looksRight(page, "audit-nothing");
}

async function isForNobodyElse(page) {
  for (const path of ["/donnees-personnelles", "/conservation", "/registre", "/journal"]) {
    await page.goto(`${url}${path}`);
    await page.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
    await looksRight(page, `stranger${path.replace("/", "-")}`);
  }
}

await story(async (browser) => {
  const stranger = await readsItsOwn(browser);
  const officer = await staff(browser, people.dataProtection);
  const administrator = await staff(browser, people.administrator);
  await asksForACopy(officer);
  await confirms(administrator);
  await readsTheCopy(officer);
  await restricts(officer);
  await erases(officer);
  await keepsPeriods(officer, administrator);
  await readsTheRecord(officer);
  await readsTheLog(officer);
  await isForNobodyElse(stranger);
  for (const page of [stranger, officer, administrator]) {
    noComplaints(page);
  }
});
