// Small comforts on top of pages that work without scripts: evidence, theme, long facets.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // Light or dark: the system's choice until the visitor makes one.
  const KEY = "rilis-theme";
  const read = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  if (["dark", "light"].includes(read())) root.dataset.theme = read();
  const dark = document.getElementById("gelap");
  if (dark) {
    dark.hidden = false;
    dark.addEventListener("click", () => {
      const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      const next = (root.dataset.theme || system) === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      try { localStorage.setItem(KEY, next); } catch { /* private window: not kept */ }
    });
  }

  // Facets: open where there is room, long ones on demand.
  if (matchMedia("(min-width: 56.01rem)").matches)
    document.querySelectorAll("[data-wide-open]").forEach((d) => { d.open = true; });
  document.querySelectorAll(".show-more").forEach((button) => {
    const more = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const all = button.closest(".facet").classList.toggle("all");
      button.textContent = all ? button.dataset.less : more;
    });
  });

  // "First page" keeps the filters.
  document.querySelectorAll("[data-back]").forEach((link) => {
    const url = new URL(location.href);
    url.searchParams.delete("sesudah");
    url.searchParams.delete("hal");
    link.href = url.pathname + url.search;
  });

  // Evidence: a record lights up the words it was read from.
  const body = document.getElementById("teks");
  if (!body) return;
  const pieces = [...body.querySelectorAll("span[data-s]")];
  const records = [...document.querySelectorAll(".evidence")];
  const news = document.getElementById("kabar");
  const clear = () => {
    pieces.forEach((p) => p.classList.remove("on"));
    records.forEach((r) => { r.classList.remove("on"); r.removeAttribute("aria-current"); });
  };
  const show = (record, move) => {
    clear();
    const start = Number(record.dataset.start), end = Number(record.dataset.end);
    const lit = pieces.filter((p) => Number(p.dataset.s) >= start && Number(p.dataset.e) <= end);
    lit.forEach((p) => p.classList.add("on"));
    record.classList.add("on");
    record.setAttribute("aria-current", "true");
    if (lit.length && move) lit[0].scrollIntoView({ block: "center" });
    if (news) news.textContent = news.dataset.text + " " + lit.map((p) => p.textContent).join("");
    return lit.length > 0;
  };
  records.forEach((record) => record.addEventListener("click", (event) => {
    if (show(record, true)) {
      event.preventDefault();
      history.replaceState(null, "", record.getAttribute("href"));
    }
  }));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  // Words lead back to their record.
  body.addEventListener("click", (event) => {
    const piece = event.target.closest("span[data-s]");
    if (!piece || String(getSelection())) return;
    const at = Number(piece.dataset.s);
    const fits = records.filter((r) => Number(r.dataset.start) <= at && at < Number(r.dataset.end));
    fits.sort((a, b) => (a.dataset.end - a.dataset.start) - (b.dataset.end - b.dataset.start));
    if (fits.length) { show(fits[0], false); fits[0].scrollIntoView({ block: "nearest" }); }
  });
  const arrive = () => {
    const at = /^#k(\d+)$/.exec(location.hash);
    const record = at && records.find((r) => r.dataset.start === at[1]);
    if (record) show(record, true);
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
