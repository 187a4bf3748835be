import { kPaths } from "../paths";

/** What the page of a pass shows, and nothing more of the booking. */
export interface PassSheet {
  id: number;
  number: number;
  state: "living" | "revoked" | "ended";
  room: string;
  start: string;
  opens: string;
  closes: string;
}

const kCache = "creneau-passes"; // as in public/pass-worker.js

function nameOf(id: number | string): string {
  return `/kept-passes/${id}.json`;
}

export function pictureOf(id: number | string): string {
  return `/api/v1/passes/${id}.png`;
}

/** Scripts, styles and words that this page has loaded. */
function loadedFiles(): string[] {
  return performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/assets/"))
    .map((url) => url.pathname);
}

/** Keeps an opened pass for where there is no network: its page, its picture, its few words. */
export async function keepPass(sheet: PassSheet, page: string): Promise<void> {
  if (!("caches" in window) || !("serviceWorker" in navigator)) {
    return;
  }
  const cache = await caches.open(kCache);
  if (sheet.state !== "living") {
    await Promise.all(
      [nameOf(sheet.id), pictureOf(sheet.id), page].map((name) => cache.delete(name)),
    );
    return;
  }
  await navigator.serviceWorker.register("/pass-worker.js", { scope: `${kPaths.bookings}/` });
  const files = [...new Set([page, pictureOf(sheet.id), "/icon.svg", ...loadedFiles()])];
  await Promise.all([
    cache.put(nameOf(sheet.id), new Response(JSON.stringify(sheet))),
    ...files.map((file) => cache.add(file)),
  ]);
}

export async function keptPass(id: string): Promise<PassSheet | undefined> {
  if (!("caches" in window)) {
    return undefined;
  }
  const found = await (await caches.open(kCache)).match(nameOf(id));
  return found ? ((await found.json()) as PassSheet) : undefined;
}

/** Whoever signs out leaves nothing in the browser. */
export async function forgetPasses(): Promise<void> {
  if ("caches" in window) {
    await caches.delete(kCache);
  }
}
