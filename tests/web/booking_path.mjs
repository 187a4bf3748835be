// From a search to the code on the screen, by keyboard alone; the office says yes in between.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

import {
  dayIn,
  enrol,
  noComplaints,
  openPage,
  people,
  passwords,
  settled,
  signIn,
  story,
  url,
} from "./browser.mjs";

/** Presses Tab until the focus is where the words say; a person would do the same. */
async function tabTo(page, words) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element.labels?.[0]?.textContent ?? "";
      return `${label}|${element.getAttribute("aria-label") ?? ""}|${element.textContent}`;
    });
    if (focused.includes(words)) {
      return;
    }
  }
  assert.fail(`Tab never came to “${words}”`);
}

/** Dates are typed in the order of the French field. */
async function typeDate(page, day) {
  const [year, month, date] = day.split("-");
  await page.keyboard.type(`${date}${month}${year}`);
}

async function bookByKeyboard(page, day) {
  await page.goto(`${url}/connexion`);
  await settled(page);
  await tabTo(page, "Adresse e-mail");
  await page.keyboard.type(people.manager);
  await tabTo(page, "Mot de passe");
  await page.keyboard.type(passwords[people.manager]);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Bonjour/ }).waitFor();

  await tabTo(page, "Trouver une salle");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Trouver une salle" }).waitFor();
  await tabTo(page, "Date");
  await typeDate(page, day);
  await tabTo(page, "Chercher");
  await page.keyboard.press("Enter");
  await page.getByText(/salles libres/).waitFor();
  assert.equal(new URL(page.url()).searchParams.get("day"), day);

  await tabTo(page, "Demander cette salle : LCR Danton");
  await page.keyboard.press("Enter");
  await page.getByText("Étape 2 sur 3").waitFor();
  await tabTo(page, "Pour quoi faire");
  await page.keyboard.type("Répétition de la chorale");
  await tabTo(page, "Vérifier ma demande");
  await page.keyboard.press("Enter");
  await page.getByText("Étape 3 sur 3").waitFor();
  await page.getByText("La salle est libre").waitFor();
  await tabTo(page, "Envoyer ma demande");
  await page.keyboard.press("Enter");
  await page.getByText("Votre demande est envoyée").waitFor();
  return new URL(page.url()).pathname;
}

async function officeApproves(browser, path) {
  const page = await openPage(browser);
  await signIn(page, people.office);
  await enrol(page);
  await page.getByRole("link", { name: "Demandes" }).click();
  await page.getByRole("link", { name: "Chorale de l’Exemple" }).first().click();
  await page.waitForURL(`${url}${path}`);
  await page.getByText("Rien d’autre n’occupe la salle").waitFor();
  await page.getByRole("button", { name: "Accepter" }).click();
  await page.getByText("La salle est réservée.").waitFor();
  noComplaints(page);
  await page.context().close();
}

/** The mail of the approval is written once the office has answered. */
async function mailArrives(words) {
  const folder = `${process.env.CRENEAU_MAIL}/new`;
  for (let tries = 0; tries < 200; tries += 1) {
    const mails = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8"));
    if (mails.some((mail) => words.every((word) => mail.includes(word)))) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`no mail with ${words.join(" and ")}`);
}

/** A pass that was opened once shows without a network; nothing of it is left after the sign-out. */
async function staysOffline(page) {
  await page.getByText("Ce code est gardé sur cet appareil").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const pass = page.url();
  await page.context().setOffline(true);
  await page.goto(pass);
  await page.getByText("Pas de réseau").waitFor();
  await page.waitForFunction(() => document.querySelector(".pass img")?.naturalWidth > 100);
  await page.getByRole("link", { name: "Retour à la réservation" }).click();
  await page.getByText("Le service ne répond pas").waitFor();
  await page.context().setOffline(false);
  const names = await page.evaluate(async () => {
    const cache = await caches.open("creneau-passes");
    return (await cache.keys()).map((request) => new URL(request.url).pathname);
  });
  const personal = names.filter((name) => !name.startsWith("/assets/") && name !== "/icon.svg");
  assert.equal(personal.length, 3, `kept: ${personal.join(" ")}`);

  await page.goto(`${url}/compte`);
  await page.getByRole("main").getByRole("button", { name: "Se déconnecter" }).waitFor();
  await page.goto(url);
  await page.getByRole("banner").getByRole("button", { name: "Se déconnecter" }).click();
  await page.getByRole("banner").getByRole("link", { name: "Se connecter" }).waitFor();
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
}

await story(async (browser) => {
  const page = await openPage(browser);
  const path = await bookByKeyboard(page, dayIn(20));
  await officeApproves(browser, path);
  await mailArrives([people.manager, "image/png"]);

  await page.goto(`${url}${path}`);
  await settled(page);
  await tabTo(page, "Afficher le code n°");
  await page.keyboard.press("Enter");
  const picture = page.getByRole("img", { name: /Code d’accès carré.*LCR Danton/ });
  await picture.waitFor();
  await page.waitForFunction(() => document.querySelector(".pass img").naturalWidth > 100);
  noComplaints(page);
  await staysOffline(page);
});
