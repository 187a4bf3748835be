// An administrator's first run: from a town that has only its name to its first booking.

import assert from "node:assert/strict";

import {
  dayIn,
  elsewhere,
  enrol,
  looksRight,
  noComplaints,
  openPage,
  people,
  signIn,
  story,
  url,
} from "./browser.mjs";

const step = (page, title) => page.getByRole("listitem").filter({ hasText: title });

async function putsTheBoardIn(page) {
  const agent = step(page, "Le premier contrôleur");
  await agent.getByRole("button", { name: "Faire un code pour lcr-danton" }).click();
  const code = await agent.locator("code.secret").textContent();
  await looksRight(page, "first-steps-code");
  const fingerprint = await elsewhere("enrol", code);
  const field = agent.getByLabel("Empreinte lue sur la carte");
  await field.fill("0".repeat(64));
  await agent.getByRole("button", { name: "C’est bien cette carte" }).click();
  await agent.getByRole("alert").waitFor();
  await looksRight(page, "first-steps-fingerprint");
  await field.fill(`${fingerprint.toUpperCase().slice(0, 32)} ${fingerprint.slice(32)}`);
  await page.keyboard.press("Enter");
  await agent.getByText("Tous les contrôleurs").waitFor();
}

async function keepsAgents(page) {
  await page.goto(`${url}/controleurs`);
  const danton = step(page, "lcr-danton – LCR Danton");
  await danton.getByText("Installé en ligne").waitFor();
  await looksRight(page, "agents");
  await danton.getByRole("button", { name: "Écarter la carte" }).click();
  await danton.getByText("La ville n’écoute plus cette carte").waitFor();
  await looksRight(page, "agents-revoke");
  await danton.getByRole("button", { name: "Oui, écarter cette carte" }).click();
  await danton.getByText("Écarté", { exact: true }).waitFor();
  await danton.getByRole("button", { name: "Faire un code pour lcr-danton" }).waitFor();
}

await story(async (browser) => {
  const page = await openPage(browser);
  await signIn(page, people.founder);
  await enrol(page);
  await page.goto(url);
  await page.getByRole("link", { name: "Mettre la ville en route" }).click();
  await page.getByText("Il reste 5 étapes.").waitFor();
  await step(page, "La ville et ses sites").getByText("Aucun site n’est connu").waitFor();
  await looksRight(page, "first-steps-empty");

  await elsewhere("import", process.env.CRENEAU_TOWN_FILE);
  await page.getByText("Il reste 2 étapes.").waitFor();
  await looksRight(page, "first-steps");
  await putsTheBoardIn(page);
  await elsewhere("start_agent");
  await page.getByText("Il reste 1 étape.").waitFor();

  await page.getByRole("link", { name: "Trouver une salle" }).last().click();
  await page.goto(`${url}/trouver?day=${dayIn(30)}&from=18:00&to=20:00&people=20`);
  await page.getByRole("link", { name: "Demander cette salle : LCR Danton" }).click();
  await page.getByLabel("Pour quoi faire").fill("Inauguration");
  await page.getByRole("button", { name: "Vérifier ma demande" }).click();
  await page.getByRole("button", { name: "Envoyer ma demande" }).click();
  await page.getByText("Votre demande est envoyée").waitFor();
  await page.goto(`${url}/premiers-pas`);
  await page.getByText("Tout est prêt").waitFor();
  await looksRight(page, "first-steps-done");
  await keepsAgents(page);
  noComplaints(page);

  const stranger = await openPage(browser);
  await stranger.goto(`${url}/controleurs`);
  await stranger.getByText("Connectez-vous").first().waitFor();
  await looksRight(stranger, "agents-signed-out");
  assert.equal(await stranger.getByRole("button", { name: /Faire un code/ }).count(), 0);
});
