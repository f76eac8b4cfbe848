// The service worker: the page works without a network after its first load. It keeps the built files, and
// only these. It never sees a token: tokens are pasted into the page or come in the fragment of its address,
// which browsers send to nobody, and what the page asks of an issuer passes by here untouched.

// Both are written by the build: every built file, and a digest of them all.
const FILES = __FILES__;
const VERSION = __VERSION__;

// With the scope, so that two copies on one host do not clear each other's.
const OURS = `countersign ${self.registration.scope} `;
const CACHE = OURS + VERSION;
const SHELL = new URL("./", self.registration.scope).href;
const KEPT = new Set(FILES.map(({ name }) => new URL(name, self.registration.scope).href));

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.split("#")[0];
  if (request.method !== "GET") {
    return;
  }
  if (request.mode === "navigate") {
    if (url.split("?")[0] === SHELL) {
      event.respondWith(newest(request));
    }
  } else if (KEPT.has(url)) {
    event.respondWith(kept(request));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  // A name with a digest never changes its content; the others are asked for anew.
  await cache.addAll(FILES.map(({ name, fixed }) => new Request(name, { cache: fixed ? "default" : "no-cache" })));
}

async function clear() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The page as the host has it now; without a network, as it was kept. */
async function newest(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(CACHE);
    const shell = await cache.match(SHELL);
    if (shell) {
      return shell;
    }
    throw error;
  }
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}
