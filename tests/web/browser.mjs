// What the stories share: a browser, people who sign in, and a look at each screen.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.CRENEAU_WEB}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const url = process.env.CRENEAU_URL;
export const passwords = JSON.parse(process.env.CRENEAU_PASSWORDS);
export const people = {
  office: "bureau@le-pre.example.org",
  manager: "camille.roussel@example.org",
  individual: "dominique.faure@example.org",
  accessAdministrator: "acces@le-pre.example.org",
  administrator: "administration@le-pre.example.org",
  founder: "mise-en-route@le-pre.example.org",
  stageManager: "regie@le-pre.example.org",
  dataProtection: "donnees@le-pre.example.org",
  humanResources: "personnel@le-pre.example.org",
};
const shots = process.env.CRENEAU_SHOTS;
const kWidths = [320, 1280];
const kThemes = ["light", "dark"];

/** What stood on the pages when a story broke off, for whoever reads its log. */
async function sayWhatIsShown(browser) {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    console.log(page.url(), await page.innerText("body").catch(() => "(nothing)"));
  }
}

/** Starts the browser, tells the story, and fails on whatever the pages complained about. */
export async function story(tell) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--lang=fr"],
    env: { ...process.env, LANGUAGE: "fr", LC_ALL: "fr_FR.UTF-8" }, // a date field has the order of these
  });
  try {
    await tell(browser);
  } catch (cause) {
    await sayWhatIsShown(browser);
    throw cause;
  } finally {
    await browser.close();
  }
}

/** A page whose errors and foreign requests are kept in `page.complaints`. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({
    locale: "fr-FR",
    timezoneId: "America/Montreal", // times on the screens are those of the site, not of the reader
    reducedMotion: "reduce", // axe would measure colours on their way from one theme to the other
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(`threw: ${error.message}`));
  page.on("console", (message) => {
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) {
      page.complaints.push(message.text());
    }
  });
  context.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`)) {
      page.complaints.push(`asked ${request.url()}`);
    }
  });
  return page;
}

export function noComplaints(page) {
  assert.deepEqual(page.complaints, []);
}

/** The six digits of an authenticator app (RFC 6238). */
export function totp(secret, now = Date.now()) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")]
    .map((c) => letters.indexOf(c).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const at = mac.at(-1) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export async function signIn(page, email) {
  await page.goto(`${url}/connexion`);
  await page.getByLabel("Adresse e-mail").fill(email);
  await page.getByLabel("Mot de passe").fill(passwords[email]);
  await page.getByRole("button", { name: "Se connecter", exact: true }).click();
  await page.waitForURL((address) => address.pathname !== "/connexion");
}

/** Staff link an app the first time that they sign in. */
export async function enrol(page) {
  await page.getByRole("button", { name: "Commencer" }).click();
  const secret = await page.locator("code.secret").textContent();
  await page.getByLabel("Les six chiffres").fill(totp(secret));
  await page.getByRole("button", { name: "Confirmer" }).click();
  await page.getByText("C’est fait.").waitFor();
}

/** A screen is done once it has its heading and waits for nothing. */
export async function settled(page) {
  await page.locator("h1").waitFor();
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null);
}

async function violationsOf(page) {
  if (await page.evaluate(() => window.axe === undefined)) {
    await page.evaluate(axe);
  }
  const result = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ["violations"] }),
  );
  return result.violations.map(
    (found) => `${found.id}: ${found.nodes[0].html} ${found.nodes[0].failureSummary}`,
  );
}

/** Axe finds nothing, and nothing is cut off at the side, in both themes and widths. */
export async function looksRight(page, name) {
  for (const width of kWidths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of kThemes) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      assert.deepEqual(await violationsOf(page), [], `${name} at ${width} px, ${colorScheme}`);
      if (shots) {
        mkdirSync(shots, { recursive: true });
        await page.screenshot({
          path: `${shots}/${name}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      }
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    assert.ok(overflow <= 0, `${name} is ${overflow} px too wide at ${width} px`);
  }
}

/** Makes true in the town's database what no screen can: that time has passed, that a door was opened. */
export function changeDatabase(...changes) {
  const script = [
    "import sqlite3, sys",
    "database = sqlite3.connect(sys.argv[1], timeout=30)",
    "[database.execute(change) for change in sys.argv[2:]]",
    "database.commit()",
  ].join("\n");
  execFileSync("/usr/bin/python3", ["-c", script, process.env.CRENEAU_DATABASE, ...changes]);
}

/** What happens elsewhere meanwhile: at the server's shell, at a board, at a door (elsewhere.py). */
export async function elsewhere(what, words = "") {
  const answer = await fetch(`${process.env.CRENEAU_ELSEWHERE}/${what}`, {
    method: "POST",
    body: words,
  });
  const said = await answer.json();
  assert.equal(answer.status, 200, `${what}: ${said}`);
  return said;
}

/** "2026-12-05", so many days from now on the clock of the town. */
export function dayIn(days) {
  const date = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(date);
}
