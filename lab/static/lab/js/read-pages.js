// On the offline page: what can still be read, newest first.
customElements.define("read-pages", class extends HTMLElement {
  async connectedCallback() {
    if (!("caches" in window)) return;
    const list = this.querySelector("ul");
    const keys = (await caches.keys()).filter((name) => name.startsWith("lab-"));
    for (const key of keys) {
      const cache = await caches.open(key);
      for (const request of (await cache.keys()).reverse()) {
        const answer = await cache.match(request);
        if (!(answer?.headers.get("Content-Type") || "").includes("html") || list.children.length >= 12) continue;
        const title = /<title>([^<]*)<\/title>/.exec(await answer.text())?.[1].split(" · ")[0].trim();
        const path = new URL(request.url).pathname;
        if (!title || path === location.pathname || /(hors-connexion|offline)\/$/.test(path)) continue;
        const link = document.createElement("a");
        link.className = "plain-link strong";
        link.href = request.url;
        link.textContent = new DOMParser().parseFromString(title, "text/html").body.textContent;
        const item = document.createElement("li");
        item.append(link);
        list.append(item);
      }
    }
    this.hidden = !list.children.length;
  }
});
