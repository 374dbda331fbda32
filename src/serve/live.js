// Keeps an open page as its source is: asks what changed, loads the page again, swaps styles and images, and shows what
// is wrong over the page. Everything from outside is set as text.
(() => {
  "use strict";
  const own = document.currentScript;
  if (!own || !own.dataset.version) return;
  const base = own.dataset.base;
  const page = own.dataset.page;
  const hash = own.dataset.hash;
  let version = own.dataset.version;
  let first = true;
  let panel = null;
  let banner = null;
  let isOpen = true;

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  // A shadow root keeps the site's styles and the panel's from each other.
  const place = (before) => {
    const host = make("div", { className: "netsite-preview" });
    const root = host.attachShadow({ mode: "open" });
    root.append(make("link", { rel: "stylesheet", href: base + "__netsite/live.css" }));
    if (before) document.body.prepend(host);
    else document.body.append(host);
    return root;
  };

  const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

  const carets = (problem) =>
    [...problem.before].map((sign) => (sign === "\t" ? "\t" : " ")).join("") + "^".repeat(Math.max(1, [...problem.meant].length));

  const problemBox = (problem) => {
    const where = problem.path ? `${problem.path}, line ${problem.line}, column ${problem.column} ` : "";
    const box = make("section", { className: `problem ${problem.severity}` },
      make("h2", {}, problem.message),
      make("p", { className: "where" }, `${where}[${problem.severity} ${problem.code}]`));
    if (problem.text) {
      const after = problem.text.slice(problem.before.length + problem.meant.length);
      box.append(make("pre", {}, problem.before, make("mark", {}, problem.meant), after, "\n" + carets(problem)));
    }
    if (problem.help) box.append(make("p", { className: "help" }, problem.help));
    return box;
  };

  const showPanel = (told) => {
    if (hash === "own") return;
    if (!panel) {
      panel = make("section", { className: "panel", hidden: true });
      panel.setAttribute("aria-label", "Preview");
      panel.setAttribute("aria-live", "polite");
      place(false).append(panel);
    }
    const errors = told.problems.filter((problem) => problem.severity === "error").length;
    const warnings = told.problems.length - errors;
    const count = [errors && counted(errors, "error", "errors"), warnings && counted(warnings, "warning", "warnings")];
    // Those of other files are told in the bar: they would cover a page that is as it should be.
    const rank = (problem) => (problem.severity === "error" ? 0 : 1);
    const folder = told.source?.endsWith("/index.md") ? told.source.slice(0, -"index.md".length) : "themes/";
    const concerns = (file) => [told.source, "netsite.yaml"].includes(file) || file.startsWith(folder) || file.startsWith("themes/");
    const here = told.problems.filter((problem) => concerns(problem.path));
    const bar = make("div", { className: "bar" },
      make("strong", {}, count.filter(Boolean).join(", ") || "Preview"),
      errors ? make("span", {}, here.length > 0 ? "Nothing can be published until the errors are mended." : "In other files; nothing can be published until the errors are mended.") : null,
      told.source ? make("a", { href: base + "__netsite/source?path=" + encodeURIComponent(told.source) }, told.source) : null,
      make("a", { href: base + "__netsite/" }, "All problems and drafts"));
    if (here.length > 0) {
      bar.append(make("button", { type: "button", onclick: () => { isOpen = !isOpen; showPanel(told); } },
        isOpen ? "Hide them" : "Show them"));
    }
    const boxes = isOpen ? here.sort((one, other) => rank(one) - rank(other)).slice(0, 20).map(problemBox) : [];
    panel.className = `panel ${errors ? "error" : warnings ? "warning" : ""}`;
    panel.replaceChildren(bar, ...boxes);
    panel.hidden = false;
  };

  const showBanner = (told) => {
    if (!told.status) {
      if (banner) banner.replaceChildren();
      return;
    }
    if (!banner) {
      const root = place(true);
      banner = make("div", {});
      root.append(banner);
    }
    const text = told.status.startsWith("under embargo")
      ? `Not published: ${told.status}. Readers do not see this page.`
      : `Not published: this page is ${told.status === "draft" ? "a draft" : told.status}. Readers do not see it.`;
    const box = make("section", { className: "banner" }, make("strong", {}, text));
    box.setAttribute("aria-label", "Not published");
    // Most themes say it in the page as well: once is enough on a phone.
    if (told.missing.some((line) => !document.body.textContent.includes(line))) {
      box.append(make("p", {}, "Before publishing, add:"), make("pre", {}, told.missing.join("\n")));
    }
    banner.replaceChildren(box);
  };

  const refers = (element, attribute, file) => {
    const address = element.getAttribute(attribute);
    return address && new URL(address, document.baseURI).pathname === base + file.split("/").map(encodeURIComponent).join("/");
  };

  // Styles and images are fetched anew in their places; a script can only run with its page.
  const swap = (file) => {
    const fresh = (address) => {
      const url = new URL(address, document.baseURI);
      url.searchParams.set("v", version);
      return url.href;
    };
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      if (!refers(link, "href", file)) continue;
      const next = link.cloneNode();
      next.href = fresh(link.href);
      // The old styles stay until the new ones are there, so that the page does not flash.
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => link.remove());
      link.after(next);
    }
    for (const image of document.images) {
      if (refers(image, "src", file)) image.src = fresh(image.src);
    }
    return [...document.scripts].some((script) => script !== own && refers(script, "src", file));
  };

  const reload = () => {
    try {
      sessionStorage.setItem("netsite-scroll", JSON.stringify([location.pathname, scrollX, scrollY]));
    } catch { /* The browser keeps the place by itself where it can. */ }
    location.reload();
  };

  const restore = () => {
    try {
      const [path, x, y] = JSON.parse(sessionStorage.getItem("netsite-scroll") ?? "[]");
      sessionStorage.removeItem("netsite-scroll");
      if (path === location.pathname && !location.hash) scrollTo({ left: x, top: y, behavior: "instant" });
    } catch { /* Nothing was kept. */ }
  };

  const take = (told) => {
    const isNew = String(told.version) !== version;
    version = String(told.version);
    if (told.go !== null && told.go !== undefined && hash !== "own") {
      location.assign(base + told.go);
      return true;
    }
    if (hash === "own" ? isNew && !first : told.page === "changed") {
      reload();
      return true;
    }
    if (told.files.filter(swap).length > 0) {
      reload();
      return true;
    }
    showPanel(told);
    showBanner(told);
    return false;
  };

  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const visible = () => new Promise((done) => {
    if (document.visibilityState === "visible") done();
    else document.addEventListener("visibilitychange", done, { once: true });
  });

  const watch = async () => {
    let wait = 250;
    for (;;) {
      // A hidden page would take one of the few connections that a browser has to a server.
      await visible();
      const abort = new AbortController();
      const hide = () => { if (document.visibilityState !== "visible") abort.abort(); };
      document.addEventListener("visibilitychange", hide);
      try {
        const asked = new URLSearchParams({ page, hash, version, now: first ? "1" : "" });
        const reply = await fetch(`${base}__netsite/look?${asked}`, { signal: abort.signal });
        if (!reply.ok) throw new Error(String(reply.status));
        const told = await reply.json();
        if (take(told)) return;
        first = false;
        wait = 250;
      } catch {
        // The preview ended, or the page was hidden: it is asked again, less and less often.
        if (!abort.signal.aborted) {
          await pause(wait);
          wait = Math.min(wait * 2, 4000);
        }
      } finally {
        document.removeEventListener("visibilitychange", hide);
      }
    }
  };

  restore();
  watch();
})();
