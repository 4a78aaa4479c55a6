{% load static i18n %}// Public pages read while signed out open without a network; anything else shows the offline page. What a member is shown is
// never kept (the server marks it private), nor anything under the desk or the API: phones are shared.
const NAME = "lab-2";
const PAGES = { fr: "{% language "fr" %}{% url "offline" %}{% endlanguage %}", en: "{% language "en" %}{% url "offline" %}{% endlanguage %}" };
const OFFLINE = [PAGES.fr, PAGES.en, "{% static "lab/js/lab.js" %}", "{% static "lab/js/read-pages.js" %}", "{% static "lab/dist/lab.css" %}", "{% static "lab/icons/icons.svg" %}", "{% static "lab/icons/art.svg" %}", "{% static "lab/fonts/lab-display.woff2" %}", "{% static "lab/fonts/lab-text.woff2" %}"];
const PRIVATE = /^\/(desk|api|_allauth|compte|en\/account|media|documents|courrier|sw\.js)\b/;
const MOST = 40;
// Fetched as a stranger: a late answer must neither bring a token from before the sign-in back nor keep a name.
const stock = (cache) => cache.addAll(OFFLINE.map((path) => new Request(path, { credentials: "omit" })));

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then(stock).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

const keep = async (request, answer) => {
  if (!answer.ok || answer.redirected || /no-store|private/.test(answer.headers.get("Cache-Control") || "")) return;
  const cache = await caches.open(NAME);
  await cache.put(request, answer);
  const pages = (await cache.keys()).filter((kept) => kept.mode === "navigate" || !kept.url.includes("{% get_static_prefix %}"));
  for (const old of pages.slice(0, Math.max(0, pages.length - MOST))) {
    if (!OFFLINE.includes(new URL(old.url).pathname)) await cache.delete(old);
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || PRIVATE.test(url.pathname)) return;
  if (url.pathname.startsWith("{% get_static_prefix %}")) {
    event.respondWith(caches.match(request).then((kept) => {
      const fresh = fetch(request).then((answer) => { keep(request, answer.clone()); return answer; });
      return kept && {{ hashed|yesno:"true,false" }} ? (fresh.catch(() => {}), kept) : fresh.catch(() => kept);
    }));
  } else if (request.mode === "navigate") {
    event.respondWith(fetch(request).then((answer) => { keep(request, answer.clone()); return answer; })
      .catch(async () => (await caches.match(request)) || caches.match(url.pathname.startsWith("/en/") ? PAGES.en : PAGES.fr)));
  }
});

// Signing out forgets what was read. The offline page stays: without a network it could not be had again.
addEventListener("message", (event) => {
  if (event.data !== "forget") return;
  event.waitUntil(caches.open(NAME).then(async (cache) => {
    for (const kept of await cache.keys()) if (!OFFLINE.includes(new URL(kept.url).pathname)) await cache.delete(kept);
    await stock(cache).catch(() => {});
  }));
});
