// The first visit: at most 30 KiB of JavaScript gzipped, own files only, a policy without exceptions.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

import { noComplaints, openPage, settled, story, url } from "./browser.mjs";

const kMost = 30 * 1024;

await story(async (browser) => {
  const page = await openPage(browser);
  const scripts = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") {
      scripts.push(response.body().then((body) => gzipSync(body).length));
    }
  });
  const answer = await page.goto(url);
  await settled(page);
  const sizes = await Promise.all(scripts);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(sizes.length > 1, "no scripts were seen");
  assert.ok(total <= kMost, `${total} bytes of JavaScript at the first load`);

  const policy = answer.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'; script-src 'self';/);
  assert.doesNotMatch(policy, /unsafe|http/);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.intruded = true";
    document.body.append(script);
    return window.intruded === true;
  });
  assert.equal(ran, false, "a script that is written into the page ran");
  page.complaints = page.complaints.filter((text) => !text.includes("inline script"));

  const kept = await page.evaluate(() => ({ ...localStorage }));
  assert.deepEqual(kept, {}, "something is kept in the browser");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Book a room of the town" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.deepEqual(await page.evaluate(() => ({ ...localStorage })), { "creneau.language": "en" });
  noComplaints(page);
  console.log(`${total} bytes of JavaScript, gzipped, in ${sizes.length} files`);
});
