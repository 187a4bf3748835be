// Shows the page of a pass that was opened once where there is no network. It keeps nothing itself:
// src/town/kept_passes.ts puts in what the page needs, and empties it at the sign-out.
const kCache = "creneau-passes";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(request, cause) {
  const cache = await caches.open(kCache);
  const found = await cache.match(request, { ignoreVary: true });
  if (found) {
    return found;
  }
  throw cause;
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") {
    event.respondWith(fetch(event.request).catch((cause) => kept(event.request, cause)));
  }
});
