// Two figures on a processor four times slower: the largest paint of the first page, and how long the
// week of fifty rooms takes from its data to a table that answers.

import { openPage, settled, signIn, people, story, url } from "./browser.mjs";

const kSlower = 4;
const kRounds = 5;
const kPaint = 1000;
const kTable = 300;

async function slowPage(browser) {
  const page = await openPage(browser);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: kSlower });
  return page;
}

async function firstPaint(browser) {
  const page = await slowPage(browser);
  // Nothing is asked of the page before it stands: what asks runs on the same slow processor.
  await page.goto(url, { waitUntil: "networkidle" });
  await settled(page);
  const time = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime));
        seen.observe({ type: "largest-contentful-paint", buffered: true });
      }),
  );
  await page.context().close();
  return time;
}

/** From the last byte of the schedule to the frame after the whole table stands there. */
async function weekTable(page) {
  await page.goto(`${url}/planning?view=week&day=${process.env.CRENEAU_MONDAY}`);
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = () => {
          if (document.querySelectorAll("table.week tbody tr").length < 50) {
            requestAnimationFrame(look);
            return;
          }
          setTimeout(() => {
            const data = performance
              .getEntriesByType("resource")
              .filter((entry) => entry.name.includes("/api/v1/schedule"));
            resolve(performance.now() - data.at(-1).responseEnd);
          });
        };
        look();
      }),
  );
}

function median(times) {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

await story(async (browser) => {
  const paints = [];
  const tables = [];
  const page = await slowPage(browser);
  await signIn(page, people.manager);
  for (let round = 0; round < kRounds; round += 1) {
    paints.push(await firstPaint(browser));
    tables.push(await weekTable(page));
  }
  const figures = [
    ["largest paint of the first page", median(paints), kPaint],
    ["week of 50 rooms, from data to table", median(tables), kTable],
  ];
  for (const [name, time, target] of figures) {
    console.log(`${name}: ${time.toFixed(0)} ms (at most ${target} ms)`);
    process.exitCode = time > target ? 1 : process.exitCode;
  }
});
