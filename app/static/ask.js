// Answers have addresses (#ask?q=…), so that links, reload and the back button work; further questions; copying. Sends nothing by itself.
(() => {
  const PREFIX = "#ask?";
  let opening = false; // whether the answer on its way was asked for by an address
  let chosen = ""; // the further question that was pressed
  let suffix = ""; // the kind of file that was pressed
  const inAsk = () => location.hash.startsWith(PREFIX);
  const article = () => document.querySelector("#answer article[data-address]");
  const askTab = () => [...document.querySelectorAll("#tabs > .tab-wrapper [role=tab]")].find((tab) => tab.dataset.tabId === "ask");

  const follow = () => {
    const tab = askTab(), button = document.querySelector("#ask-open");
    if (!tab || !button) return false;
    if (tab.getAttribute("aria-selected") !== "true") tab.click();
    const shown = article();
    if (shown && "#" + shown.dataset.address === location.hash) return true;
    opening = true;
    button.click();
    return true;
  };

  addEventListener("hashchange", () => { if (inAsk()) follow(); });

  // A page that is opened at such an address waits until its parts are there.
  if (inAsk()) {
    const wait = setInterval(() => { if (document.querySelector("#foot .coverage") && follow()) clearInterval(wait); }, 150);
  }

  window.atlasAsk = {
    address: () => (inAsk() ? location.hash : ""),
    pressed: () => chosen,
    file: () => [suffix, article() ? article().dataset.address : ""],
    save: (made) => {
      if (!made || !made.startsWith("data:")) return;
      const link = document.createElement("a");
      link.href = made;
      link.download = `answer.${suffix}`;
      link.click();
    },
    shown: () => {
      const answer = article(), hash = answer ? "#" + answer.dataset.address : "";
      const here = askTab() && askTab().getAttribute("aria-selected") === "true";
      if (here && hash && location.hash !== hash) history[opening ? "replaceState" : "pushState"](null, "", hash);
      opening = false;
      if (here && window.atlasShow) window.atlasShow("answer");
    },
  };

  const say = (from, key) => {
    const out = from.closest(".take").querySelector("output");
    out.textContent = "";
    setTimeout(() => { out.textContent = out.dataset[key]; }, 50);
  };

  // Pages that are not served over https have no clipboard interface; the old way works there.
  const copyOldWay = (text) => {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { return copyOldWay(text); }
  };

  document.addEventListener("click", async (event) => {
    const further = event.target.closest("button[data-follow]");
    const take = event.target.closest("button[data-copy], button[data-copy-link]");
    if (further) {
      chosen = further.dataset.follow;
      document.querySelector("#ask-follow").click();
    } else if (event.target.closest("button[data-file]")) {
      suffix = event.target.closest("button[data-file]").dataset.file;
      document.querySelector("#ask-file").click();
    } else if (take) {
      const text = take.dataset.copy ?? location.href.split("#")[0] + "#" + article().dataset.address;
      const done = await copy(text);
      take.focus();
      say(take, done ? "done" : "failed");
    }
  });
})();
