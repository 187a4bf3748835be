// The whole life of a booking: an invitation by mail, an account, a request, the office's yes, the
// code, the door, a lockdown, the way back; and what stops with a lost code, a lost badge, a departure.

import assert from "node:assert/strict";

import {
  elsewhere,
  enrol,
  looksRight,
  noComplaints,
  openPage,
  people,
  signIn,
  passwords,
  story,
  url,
} from "./browser.mjs";

const kNewcomer = "noa.martin@example.org";

async function staff(browser, email) {
  const page = await openPage(browser);
  await signIn(page, email);
  await enrol(page);
  return page;
}

/** Some minutes from now on the clock of the town: ["2026-12-05", "18:30"]. */
function soon(minutes) {
  const form = { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" };
  const text = new Intl.DateTimeFormat("sv-SE", form).format(Date.now() + minutes * 60_000);
  return text.split(" ");
}

async function putsTheBoardIn(page) {
  await page.goto(`${url}/controleurs`);
  const danton = page.getByRole("listitem").filter({ hasText: "lcr-danton – LCR Danton" });
  await danton.getByRole("button", { name: "Faire un code pour lcr-danton" }).click();
  const code = await danton.locator("code").first().textContent();
  const fingerprint = await elsewhere("enrol", code);
  await danton.getByLabel("Empreinte lue sur la carte").fill(fingerprint);
  await danton.getByRole("button", { name: "C’est bien cette carte" }).click();
  await danton.getByText("Installé").waitFor();
  await elsewhere("start_agent");
}

async function invites(page) {
  await page.goto(`${url}/personnes`);
  await page.getByText("Ajouter une personne").click();
  await page.getByLabel("Nom", { exact: true }).fill("Noa Martin");
  await page.getByLabel("Adresse e-mail").fill(kNewcomer);
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await page.getByRole("button", { name: "Inviter à ouvrir un compte" }).click();
  await page.getByText(`Un e-mail part vers ${kNewcomer}`).waitFor();
}

/** Opens the account by the mail's code alone, and signs in with the password of their choice. */
async function opensTheAccount(browser) {
  const mail = await elsewhere("mail", JSON.stringify({ to: kNewcomer, words: "Votre code" }));
  const code = /Votre code\s*: ([0-9A-Z-]+)/.exec(mail)[1];
  const page = await openPage(browser);
  await page.goto(`${url}/connexion`);
  await page.getByRole("link", { name: "J’ai reçu un code" }).click();
  await page.getByLabel("Adresse e-mail").fill(kNewcomer);
  await page.getByLabel("Code de l’e-mail").fill("AAAA-BBBB-CCCC");
  await page.getByLabel("Nouveau mot de passe").fill("court");
  await looksRight(page, "password-open");
  await page.keyboard.press("Enter");
  await page.locator("small.error").waitFor();
  await looksRight(page, "password-refused");
  passwords[kNewcomer] = "sept lampions sur la place";
  await page.getByLabel("Nouveau mot de passe").fill(passwords[kNewcomer]);
  await page.keyboard.press("Enter");
  await page.getByText("ne vont pas ensemble").waitFor();
  await page.getByLabel("Code de l’e-mail").fill(code.toLowerCase());
  await page.keyboard.press("Enter");
  await page.getByText("Votre mot de passe est enregistré").waitFor();
  await looksRight(page, "password-done");
  await signIn(page, kNewcomer);
  return page;
}

async function asks(page) {
  const [day, from] = soon(8);
  const [, to] = soon(68);
  await page.goto(`${url}/trouver?day=${day}&from=${from}&to=${to}&people=8`);
  await page.getByRole("link", { name: "Demander cette salle : LCR Danton" }).click();
  await page.getByLabel("Pour quoi faire").fill("Goûter d’anniversaire");
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  return new URL(page.url()).pathname;
}

async function accepts(page, booking) {
  await page.goto(`${url}${booking}`);
  await page.getByRole("button", { name: "Accepter" }).click();
  await page.getByText("La salle est réservée.").waitFor();
}

/** The digits of the code that the screen shows, as two readers of others read them. */
async function codeOf(page, booking) {
  await page.goto(`${url}${booking}`);
  await page.getByRole("link", { name: /Afficher le code/ }).click();
  await page.waitForFunction(() => document.querySelector(".pass img")?.naturalWidth > 100);
  const address = await page.locator(".pass img").getAttribute("src");
  const digits = await elsewhere("read", await (await page.request.get(`${url}${address}`)).body());
  assert.equal(digits.length, 200);
  return digits;
}

/** Does something that the doors have to hear of, and waits until they have. */
async function untilTheDoorKnows(what) {
  const before = await elsewhere("policies");
  await what();
  await elsewhere("policy_after", String(before));
}

async function locksDownAndOpensAgain(keeper, office, digits) {
  await keeper.goto(`${url}/portes`);
  await untilTheDoorKnows(async () => {
    await keeper.getByRole("button", { name: "Confiner ce site : LCR Danton" }).click();
    await keeper.getByRole("button", { name: "Oui, confiner maintenant" }).click();
    await keeper.getByText(/Site confiné depuis/).waitFor();
  });
  await elsewhere("refuses", JSON.stringify({ digits, reason: "lockdown" }));
  await keeper.getByRole("button", { name: /Demander la levée/ }).click();
  await keeper.getByRole("button", { name: "Oui, demander la levée" }).click();
  await keeper.getByText("Vous avez demandé la levée").waitFor();
  await office.goto(`${url}/portes`);
  await office.getByRole("button", { name: /Confirmer la demande/ }).click();
  await office.getByRole("button", { name: "Oui, je le veux aussi" }).click();
  await office.getByText("la personne qui l’a demandée peut la faire").waitFor();
  await untilTheDoorKnows(async () => {
    await keeper.getByRole("button", { name: "Lever le confinement : LCR Danton" }).click();
    await keeper.getByRole("button", { name: "Oui, lever le confinement" }).click();
    await keeper.getByRole("button", { name: "Confiner ce site : LCR Danton" }).waitFor();
  });
  await elsewhere("opens", digits);
}

/** A code that is lost: another takes its place, and the door tells them apart. */
async function losesTheCode(page, booking, old) {
  await page.goto(`${url}${booking}`);
  await untilTheDoorKnows(async () => {
    await page.getByRole("button", { name: /^Nouveau code pour le pass/ }).click();
    const yes = page.getByRole("button", { name: "Oui, un nouveau code" });
    await yes.click();
    await yes.waitFor({ state: "detached" });
  });
  const digits = await codeOf(page, booking);
  assert.notEqual(digits, old);
  await elsewhere("refuses", JSON.stringify({ digits: old, reason: "revoked" }));
  await elsewhere("opens", digits);
  return digits;
}

async function givesItUp(page, booking, digits) {
  await page.goto(`${url}${booking}`);
  await untilTheDoorKnows(async () => {
    await page.getByRole("button", { name: "Annuler cette réservation" }).click();
    await page.getByRole("button", { name: /^Oui/ }).click();
    await page.getByText("Annulée").first().waitFor();
  });
  await elsewhere("refuses", JSON.stringify({ digits, reason: "revoked" }));
}

await story(async (browser) => {
  const keeper = await staff(browser, people.accessAdministrator);
  await putsTheBoardIn(keeper);
  const office = await staff(browser, people.office);
  await invites(office);
  const booker = await opensTheAccount(browser);

  const booking = await asks(booker);
  await accepts(office, booking);
  await elsewhere("mail", JSON.stringify({ to: kNewcomer, words: "LCR Danton" }));
  const first = await codeOf(booker, booking);
  const seconds = await elsewhere("opens", first);
  assert.ok(seconds > 0);
  await locksDownAndOpensAgain(keeper, office, first);
  const second = await losesTheCode(booker, booking, first);
  await givesItUp(booker, booking, second);
  const again = await asks(booker);
  await accepts(office, again);
  await elsewhere("opens", await codeOf(booker, again));
  for (const page of [keeper, office, booker]) {
    noComplaints(page);
  }
});
