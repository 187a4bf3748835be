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
  changeDatabase("UPDATE sessions SET proved_at = proved_at - 3600");
  await page.getByRole("button", { name: "Réactiver" }).click();
  await page.getByText("confirmez que c’est bien vous").waitFor();
  changeDatabase("UPDATE sessions SET proved_at = proved_at + 3600");
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

/** A role that holds at one site, given and taken away again. */
async function givesARole(page) {
  await search(page, "/personnes", "dominique");
  await page.getByRole("link", { name: "Dominique Faure" }).click();
  await page.getByText("Donner une fonction").click();
  await page.getByLabel("Fonction", { exact: true }).selectOption("régie de salle");
  await page.getByLabel("Où", { exact: true }).selectOption("site LCR Danton");
  await page.getByRole("button", { name: "Donner cette fonction" }).click();
  const withdraw = page.getByRole("button", { name: "Retirer : régie de salle, site LCR Danton" });
  await withdraw.click();
  await looksRight(page, "person-roles");
  await page.getByRole("button", { name: "Oui, retirer cette fonction" }).click();
  await withdraw.waitFor({ state: "detached" });
}

/** Asks the town as the screens do, for what another story shows already. */
function post(page, path, body) {
  return page.evaluate(
    async ([to, sent]) => {
      const answer = await fetch(to, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(sent),
      });
      return answer.json();
    },
    [`${url}/api/v1/${path}`, body],
  );
}

/** Who has no e-mail address is written to on paper. */
async function printsALetter(page) {
  await page.goto(`${url}/lettres`);
  await page.getByText("Il n’y a aucune lettre à imprimer.").waitFor();
  await looksRight(page, "letters-none");
  const person = await post(page, "people", {
    name: "Simone Lefort",
    postal_address: "3 rue des Lilas, 93310 Le Pré",
  });
  const room = (await (await page.request.get(`${url}/api/v1/rooms`)).json()).items.find(
    ({ name }) => name === "LCR Danton",
  );
  await post(page, "bookings", {
    room_id: room.id,
    booker_id: person.id,
    start: `${dayIn(25)}T14:00`,
    end: `${dayIn(25)}T16:00`,
    attendees: 5,
    purpose: "Goûter",
  });
  const printed = page.getByRole("button", { name: /^Imprimée et postée/ });
  await page.waitForFunction(async (letters) => {
    const { items } = await (await fetch(letters)).json();
    return items.length > 0;
  }, `${url}/api/v1/letters`);
  await page.reload();
  await page.getByText("Simone Lefort").waitFor();
  await looksRight(page, "letters");
  const link = await page.getByRole("link", { name: /^Ouvrir la lettre/ }).getAttribute("href");
  const file = await page.request.get(`${url}${link}`);
  assert.equal(file.headers()["content-type"], "application/pdf");
  await printed.click();
  await page.getByText("Il n’y a aucune lettre à imprimer.").waitFor();
}

/** An association's own list, which only its managers see. */
async function keepsMembers(page) {
  await page.goto(`${url}/compte`);
  await page.getByRole("link", { name: "Membres de mon association" }).click();
  await page.getByText("Personne n’est sur cette liste.").waitFor();
  await page.getByLabel("Nom du membre").fill("Sacha Martin");
  await page.getByRole("button", { name: "Ajouter à la liste" }).click();
  await page.getByRole("button", { name: "Retirer Sacha Martin" }).click();
  await looksRight(page, "members");
  await page.getByRole("button", { name: "Oui, retirer" }).click();
  await page.getByText("Personne n’est sur cette liste.").waitFor();
}

/** A program's token shows once, does what it may, and is over when it is ended. */
async function makesAToken(page) {
  await page.goto(`${url}/compte`);
  await page.getByRole("link", { name: "Programmes autorisés" }).click();
  await page.getByText("Aucun programme n’agit en votre nom.").waitFor();
  await page.getByLabel("Nom du programme").fill("Affichage du hall");
  await page.getByLabel("lire vos réservations").check();
  await page.getByRole("button", { name: "Créer un jeton" }).click();
  const token = await page.locator("code.secret").textContent();
  await looksRight(page, "tokens");
  const read = () =>
    fetch(`${url}/api/v1/bookings`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal((await read()).status, 200);
  await page.getByRole("button", { name: "Arrêter : Affichage du hall" }).click();
  await page.getByRole("button", { name: "Oui, arrêter" }).click();
  await page.getByText("Aucun programme n’agit en votre nom.").waitFor();
  assert.equal((await read()).status, 401);
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
  const alix = page.url();
  await page.goto(`${url}/mouvements`);
  await page.getByRole("button", { name: "J’en prends acte : Alix Moreau" }).click();
  await page.getByText(/Le sait Administration des accès, /).waitFor();
  assert.equal(await page.getByRole("button", { name: /^J’en prends acte/ }).count(), 0);
  await looksRight(page, "movements");
  await page.goto(alix);
  await page.getByRole("button", { name: "Retirer cette annonce" }).click();
  await page.getByRole("button", { name: "Oui, retirer l’annonce" }).click();
  await page.getByRole("button", { name: "Annoncer le départ…" }).waitFor();

  await givesARole(page);
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
  await printsALetter(page);
  noComplaints(page);
  await administers(browser);

  const stranger = await openPage(browser);
  await signIn(stranger, people.manager);
  await keepsMembers(stranger);
  await makesAToken(stranger);
  assert.equal(await stranger.getByRole("link", { name: "Annuaire" }).count(), 0);
  await stranger.goto(`${url}/personnes`);
  await stranger.getByText("Cette page n’est pas ouverte à votre compte.").waitFor();
  await looksRight(stranger, "people-no-right");
  for (const path of ["/lettres", "/mouvements"]) {
    await stranger.goto(`${url}${path}`);
    await stranger.getByRole("heading", { level: 1 }).waitFor();
    await looksRight(stranger, `stranger${path.replace("/", "-")}`);
  }
  noComplaints(stranger);
});
