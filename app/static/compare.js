// Comparisons have addresses (#compare?in=…), so that links, reload and the back button work. Sends nothing by itself.
(() => {
  const PREFIX = "#compare?";
  let opening = false; // whether the table on its way was asked for by an address
  const inCompare = () => location.hash.startsWith(PREFIX);
  const article = () => document.querySelector("#comparison article[data-address]");
  const tab = () => [...document.querySelectorAll("#tabs > .tab-wrapper [role=tab]")].find((one) => one.dataset.tabId === "compare");

  const follow = () => {
    const button = document.querySelector("#compare-open");
    if (!tab() || !button) return false;
    if (tab().getAttribute("aria-selected") !== "true") tab().click();
    const shown = article();
    if (shown && "#" + shown.dataset.address === location.hash) return true;
    opening = true;
    button.click();
    return true;
  };
  addEventListener("hashchange", () => { if (inCompare()) follow(); });
  if (inCompare()) {
    const wait = setInterval(() => { if (document.querySelector("#foot .coverage") && follow()) clearInterval(wait); }, 150);
  }

  window.atlasCompare = {
    address: () => (inCompare() ? location.hash : ""),
    shown: () => {
      const table = article(), hash = table ? "#" + table.dataset.address : "";
      const here = tab() && tab().getAttribute("aria-selected") === "true";
      if (here && hash && location.hash !== hash) history[opening ? "replaceState" : "pushState"](null, "", hash);
      opening = false;
      if (here && window.atlasShow) window.atlasShow("comparison");
    },
  };
})();
