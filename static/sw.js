// Keeps the site for use without a network. The build replaces the three names in capitals.
//
// One version of the site is one cache. A new version is fetched beside the old one and takes over when no page of
// the old one is open, so that a page never meets another version's files.
const VERSION = "__VERSION__";
const PAGES_AND_APP = __CORE__;
const LARGE = __REST__;

const CACHE = `interleave-${VERSION}`;
const address = (path) => new URL(path, registration.scope).href;
const KNOWN = new Set([...PAGES_AND_APP, ...LARGE].map(address));

addEventListener("install", (event) => event.waitUntil(keep(PAGES_AND_APP)));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => {
  if (event.data === "keep the rest") event.waitUntil(keep(LARGE));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) event.respondWith(answer(request));
});

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith("interleave-") && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
}

async function keep(paths) {
  const cache = await caches.open(CACHE);
  for (const url of paths.map(address)) {
    if (await cache.match(url)) continue;
    // A file whose name holds its hash is the same in every version.
    const before = /-[0-9a-f]{12,16}\b/.test(url) && (await caches.match(url));
    const response = before || (await fetch(url, { cache: "no-cache" }));
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    await cache.put(url, response);
  }
}

async function answer(request) {
  const url = request.url.split(/[?#]/)[0];
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url);
  if (kept) return kept;
  try {
    const response = await fetch(request);
    if (response.ok && KNOWN.has(url)) await cache.put(url, response.clone());
    return response;
  } catch (error) {
    if (request.mode !== "navigate") throw error;
    return (await cache.match(`${url}/`)) ?? (await cache.match(address("404.html"))) ?? Response.error();
  }
}
