// The office and an administrator keep people and associations; an old proof of who they are is asked for anew.

import assert from "node:assert/strict";

import {
  changeDatabase,
  dayIn,
  enrol,
  looksRight,
  noComplaints,
  openPage,
  passwords,
  people,
  signIn,
  story,
  url,
} from "./browser.mjs";

async function search(page, path, words) {
  await page.goto(`${url}${path}`);
  await page.getByLabel("Chercher un nom").fill(words);
  await page.waitForURL((address) => address.searchParams.get("q") === words);
}

async function keepsPeople(page) {
  await search(page, "/personnes", "nobody of this name");
  await page.getByText("Rien ne correspond").waitFor();
  await looksRight(page, "people-nothing");
  await search(page, "/personnes", "camille");
  await page.getByRole("link", { name: "Camille Roussel" }).waitFor();
  await page.getByText("Ajouter une personne").click();
  await looksRight(page, "people");
  await page.getByLabel("Nom", { exact: true }).fill("Noa Martin");
  await page.getByLabel("Adresse e-mail").fill("not an address@");
  await page.evaluate(() => document.querySelectorAll("form").forEach((form) => (form.noValidate = true)));
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await page.locator("small.error").waitFor();
  await looksRight(page, "people-add-refused");
  await page.getByLabel("Adresse e-mail").fill("noa.martin@example.org");
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await page.getByRole("heading", { name: "Noa Martin" }).waitFor();

  await page.getByLabel("Téléphone").fill("01 23 45 67 89");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("C’est enregistré.").waitFor();
  await page.getByRole("button", { name: "Inviter à ouvrir un compte" }).click();
  await page.getByText("Un e-mail part vers noa.martin@example.org").waitFor();
  await page.getByRole("button", { name: "Désactiver ce compte" }).click();
  await page.getByText("ne pourra plus se connecter").waitFor();
  await looksRight(page, "person-disable");
  await page.getByRole("button", { name: "Non, ne rien changer" }).click();
  await page.getByRole("button", { name: "Désactiver ce compte" }).click();
  await page.getByRole("button", { name: "Oui, désactiver le compte" }).click();
  await page.getByText("Ce compte est désactivé").waitFor();
  await looksRight(page, "person-disabled");
  await page.getByRole("button", { name: "Réactiver" }).click();
  await page.getByRole("button", { name: "Inviter à ouvrir un compte" }).waitFor();
}

async function keepsAssociations(page) {
  await search(page, "/associations", "chorale");
  await page.getByRole("link", { name: "Chorale de l’Exemple" }).waitFor();
  await looksRight(page, "associations");
  await page.getByRole("link", { name: "Chorale de l’Exemple" }).click();
  await page.getByRole("heading", { name: "Responsables" }).waitFor();
  await page.getByLabel("Ajouter un responsable").fill("noa");
  await page.getByRole("button", { name: "Ajouter Noa Martin" }).click();
  await page.getByRole("button", { name: "Retirer Noa Martin" }).click();
  await looksRight(page, "association");
  await page.getByRole("button", { name: "Oui, retirer" }).click();
  await page.getByRole("link", { name: "Noa Martin" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Désactiver cette association" }).click();
  await page.getByRole("button", { name: "Oui, désactiver" }).click();
  await page.getByText("Cette association est désactivée").waitFor();
  await page.getByRole("button", { name: "Réactiver" }).click();
  await page.getByRole("button", { name: "Désactiver cette association" }).waitFor();
}

async function administers(browser) {
  const page = await openPage(browser);
  await signIn(page, people.administrator);
  await enrol(page);
  const recovery = await page.locator("ul.codes code").first().textContent();
  await search(page, "/personnes", "alix");
  await page.getByRole("link", { name: "Alix Moreau" }).click();
  await page.getByLabel("Nom du nouveau service").fill("Culture");
  await page.getByLabel("Depuis le").fill(dayIn(-30));
  await page.getByRole("heading", { name: "Travail pour la ville" }).waitFor();
  const work = page.locator("form", { has: page.getByLabel("Depuis le") });
  await work.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("heading", { name: "Départ" }).waitFor();
  await page.getByLabel("Dernier jour").fill(dayIn(20));
  await page.getByRole("button", { name: "Annoncer le départ…" }).click();
  await looksRight(page, "person-departure");
  await page.getByRole("button", { name: "Oui, annoncer le départ" }).click();
  await page.getByText("Départ annoncé pour").waitFor();
  await page.getByRole("button", { name: "Retirer cette annonce" }).click();
  await page.getByRole("button", { name: "Oui, retirer l’annonce" }).click();
  await page.getByRole("button", { name: "Annoncer le départ…" }).waitFor();

  await search(page, "/personnes", "bureau");
  await page.getByRole("link", { name: "Bureau de la vie associative" }).click();
  changeDatabase("UPDATE sessions SET proved_at = proved_at - 3600");
  await page.getByRole("button", { name: "Retirer l’application" }).click();
  await page.getByRole("button", { name: "Oui, la retirer" }).click();
  await page.getByText("confirmez que c’est bien vous").waitFor();
  await looksRight(page, "person-proof");
  await page.getByLabel("Mot de passe").fill("not the password");
  await page.getByLabel("Code de votre application").fill(recovery);
  await page.getByRole("button", { name: "Confirmer et continuer" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Mot de passe").fill(passwords[people.administrator]);
  await page.getByRole("button", { name: "Confirmer et continuer" }).click();
  await page.getByText("L’application est retirée").waitFor();
  noComplaints(page);
}

await story(async (browser) => {
  const page = await openPage(browser);
  await signIn(page, people.office);
  await enrol(page);
  await keepsPeople(page);
  await keepsAssociations(page);
  noComplaints(page);
  await administers(browser);

  const stranger = await openPage(browser);
  await signIn(stranger, people.manager);
  assert.equal(await stranger.getByRole("link", { name: "Annuaire" }).count(), 0);
  await stranger.goto(`${url}/personnes`);
  await stranger.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
  await looksRight(stranger, "people-no-right");
  noComplaints(stranger);
});
