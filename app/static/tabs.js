// Every tab has an address (#check), so that reload, bookmarks and the back button keep it; the tabs that answer add their own behind it. Sends nothing.
(() => {
  const last = {}; // the address at which each tab was left
  const tabs = () => [...document.querySelectorAll("#tabs > .tab-wrapper [role=tab]")];
  const named = (id) => tabs().find((tab) => tab.dataset.tabId === id);
  const tabOf = (hash) => hash.slice(1).split(/[?/]/)[0];
  const at = () => tabOf(location.hash);

  document.addEventListener("click", (event) => {
    const tab = event.target.closest("#tabs > .tab-wrapper [role=tab]");
    if (!tab || !event.isTrusted) return; // the page's own scripts have set the address themselves
    const from = at() || "ask", to = tab.dataset.tabId;
    if (from === to) return;
    last[from] = location.hash;
    history.pushState(null, "", last[to] || "#" + to);
  }, true);

  const follow = () => {
    const tab = named(location.hash ? at() : "ask");
    if (!tab) return false;
    if (tab.getAttribute("aria-selected") !== "true") tab.click();
    return true;
  };
  addEventListener("hashchange", (event) => {
    const left = new URL(event.oldURL).hash;
    last[tabOf(left) || "ask"] = left;
    if (!/[?/]/.test(location.hash)) follow();
  });

  // A page that is opened at the address of a tab waits until the tabs are there.
  if (/^#\w+$/.test(location.hash)) {
    const wait = setInterval(() => { if (document.querySelector("#foot .coverage, #foot .message") && follow()) clearInterval(wait); }, 150);
  }
})();
