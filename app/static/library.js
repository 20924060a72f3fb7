// The library's pages have addresses (#library/TARGET@DAY), so that links, the back button and bookmarks work. Sends nothing by itself.
(() => {
  const PREFIX = "#library";
  let cameFrom = null; // the tab to which the back button leads
  let moved = false; // whether the reader went to another page, and not the page changed around the reader
  const tabs = () => [...document.querySelectorAll("#tabs > .tab-wrapper [role=tab]")];
  const inLibrary = () => location.hash === PREFIX || location.hash.startsWith(PREFIX + "/");
  const address = () => {
    try { return inLibrary() ? decodeURIComponent(location.hash.slice(PREFIX.length + 1)) : ""; } catch { return location.hash.slice(PREFIX.length + 1); }
  };
  const libraryTab = () => tabs().find((tab) => tab.dataset.tabId === "library");

  const open = () => {
    const button = document.querySelector("#library-open");
    if (button) button.click();
    return Boolean(button);
  };

  const follow = () => {
    const tab = libraryTab();
    if (!tab) return false;
    if (tab.getAttribute("aria-selected") !== "true") {
      cameFrom = tabs().find((one) => one.getAttribute("aria-selected") === "true");
      tab.click();
    }
    moved = true;
    return open();
  };

  addEventListener("hashchange", () => {
    if (inLibrary()) follow();
    else if (!location.hash && cameFrom) { cameFrom.click(); cameFrom = null; } // an address without a tab: whence one came
  });

  // A page that is opened at such an address waits until its parts are there.
  if (inLibrary()) {
    const wait = setInterval(() => { if (document.querySelector("#foot .coverage, #foot .message") && follow()) clearInterval(wait); }, 150);
  }

  const go = (target, day) => { location.hash = `${PREFIX}/${target}${day ? "@" + day : ""}`; return []; };
  window.atlasLibrary = {
    go,
    address,
    shown: () => {
      if (!moved) return;
      moved = false;
      const top = document.getElementById("library");
      const heading = top && top.querySelector("h2[tabindex]");
      if (heading) heading.focus({ preventScroll: true });
      if (top && (top.getBoundingClientRect().top < 0 || top.getBoundingClientRect().top > innerHeight * 0.4)) top.scrollIntoView({ block: "start" });
    },
  };

  // ---- tables that sort, lists that filter, columns that change places -------------------------------------------------
  const key = (cell) => (cell ? cell.dataset.sort ?? cell.textContent.trim() : "");
  const order = (left, right) => {
    if (left === "" || right === "") return (left === "") - (right === "");
    const numbers = [Number(left), Number(right)];
    return numbers.some(Number.isNaN) ? left.localeCompare(right, document.documentElement.lang) : numbers[0] - numbers[1];
  };

  const sortRows = (button) => {
    const head = button.closest("th"), table = head.closest("table"), at = [...head.parentElement.children].indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => { const [x, y] = [key(a.children[at]), key(b.children[at])]; return x === "" || y === "" ? order(x, y) : order(x, y) * (down ? -1 : 1); });
    table.tBodies[0].append(...rows);
  };

  // The comparison has its jurisdictions across: its columns are put in the order of one line of it.
  const sortColumns = (button) => {
    const table = button.closest("table"), line = button.closest("tr");
    const was = button.getAttribute("aria-pressed") === "true" ? button.dataset.order : "";
    const now = was === "" ? "up" : was === "up" ? "down" : "";
    table.querySelectorAll("button[data-sort-columns]").forEach((other) => { other.setAttribute("aria-pressed", "false"); other.dataset.order = ""; });
    if (now) { button.setAttribute("aria-pressed", "true"); button.dataset.order = now; }
    const keys = [...line.children].slice(1);
    const first = (cell) => Number(cell.dataset.at);
    const ordered = keys.map((cell, at) => ({ cell, at })).sort((a, b) => {
      const [x, y] = [key(a.cell), key(b.cell)];
      const compared = !now ? 0 : x === "" || y === "" ? order(x, y) : order(x, y) * (now === "down" ? -1 : 1);
      return compared || first(a.cell) - first(b.cell);
    });
    for (const row of table.rows) { const cells = [...row.children].slice(1); row.append(...ordered.map(({ at }) => cells[at])); }
  };

  document.addEventListener("click", (event) => {
    const rows = event.target.closest("button[data-sort]"), columns = event.target.closest("button[data-sort-columns]");
    if (rows) sortRows(rows);
    if (columns) sortColumns(columns);
  });

  document.addEventListener("input", (event) => {
    const day = event.target.closest("#library-as-of input");
    if (day && /^[12]\d{3}-\d\d-\d\d$/.test(day.value)) go(inLibrary() ? address().split("@")[0] : "", day.value);
    const field = event.target.closest("input[data-filter]");
    if (!field) return;
    const sought = field.value.trim().toLocaleLowerCase(), article = field.closest("article"), out = article.querySelector("output");
    let count = 0;
    article.querySelectorAll(field.dataset.filter).forEach((one) => {
      one.hidden = sought !== "" && !one.textContent.toLocaleLowerCase().includes(sought);
      count += one.hidden ? 0 : 1;
    });
    out.textContent = count ? out.dataset.count.replace("#", count) : out.dataset.none;
  });
})();
