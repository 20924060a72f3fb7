// Opens the passage behind a number, leads back to where the reader was, and names the page's language. Sends nothing.
(() => {
  let cameFrom = null;
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const glide = (element, block) => element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

  const openPassage = (card, from) => {
    cameFrom = from;
    document.querySelectorAll(".passage.current").forEach((other) => other.classList.remove("current"));
    for (let outer = card.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    card.classList.add("current");
    card.querySelector("summary").focus({ preventScroll: true });
    glide(card, "start");
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-passage]");
    if (link) {
      const card = document.getElementById(link.dataset.passage);
      if (!card) return;
      event.preventDefault();
      openPassage(card, link);
    } else if (event.target.closest("a[data-jump]")) {
      const target = document.getElementById(event.target.closest("a[data-jump]").dataset.jump);
      if (!target) return;
      event.preventDefault();
      target.querySelectorAll("details.why").forEach((why) => { why.open = true; });
      target.focus({ preventScroll: true });
      glide(target, "start");
    } else if (event.target.closest("button[data-unfold]")) {
      const button = event.target.closest("button[data-unfold]"), line = button.closest("tr");
      button.setAttribute("aria-expanded", String(line.classList.toggle("unfolded")));
    } else if (event.target.closest("button[data-mark]")) {
      const number = event.target.closest("button[data-mark]").dataset.mark;
      const mark = [...document.querySelectorAll("mark[data-claims]")].find((one) => one.dataset.claims.split(" ").includes(number));
      if (!mark) return;
      mark.setAttribute("tabindex", "-1");
      mark.focus({ preventScroll: true });
      glide(mark, "center");
    } else if (event.target.closest("[data-finding], mark[data-claims]")) {
      const mark = event.target.closest("[data-finding], mark[data-claims]");
      const finding = document.getElementById(`finding-${mark.dataset.finding || mark.dataset.claims.split(" ")[0]}`);
      if (!finding) return;
      event.preventDefault();
      finding.hidden = false;
      finding.open = true;
      document.querySelectorAll(".finding.current").forEach((other) => other.classList.remove("current"));
      finding.classList.add("current");
      finding.querySelector("summary").focus({ preventScroll: true });
      glide(finding, "nearest");
    } else if (event.target.matches("input[data-verdict]")) {
      const box = event.target;
      const findings = box.closest(".findings").querySelectorAll(`.finding[data-verdict="${box.dataset.verdict}"]`);
      findings.forEach((finding) => { finding.hidden = !box.checked; });
    } else if (event.target.closest("button[data-print]")) {
      print();
    } else if (event.target.closest("button[data-change]")) {
      window.atlasChange = event.target.closest("button[data-change]").dataset.change;
      document.querySelector("#check-change").click();
    } else if (event.target.closest("button[data-back]")) {
      const target = cameFrom && cameFrom.isConnected ? cameFrom : event.target.closest("article");
      glide(target, "center");
      target.focus({ preventScroll: true });
    }
  });

  // After an answer has come: the keyboard and the eye go to its beginning.
  window.atlasShow = (name) => {
    const answer = document.getElementById(name);
    const heading = answer && answer.querySelector("h2[tabindex]");
    if (heading) heading.focus({ preventScroll: true });
    if (answer && answer.getBoundingClientRect().top > innerHeight * 0.4) glide(answer, "start");
  };

  const narrow = (sought) => document.querySelectorAll("#check-choice .wrap label, #check-several .wrap label").forEach((one) => {
    one.hidden = sought !== "" && !one.textContent.toLocaleLowerCase().includes(sought);
  });
  document.addEventListener("input", (event) => {
    const field = event.target.closest("input[data-narrow]");
    if (field) narrow(field.value.trim().toLocaleLowerCase());
  });

  // After a question has changed: the keyboard and the screen reader go to it.
  window.atlasFocus = (name) => {
    narrow("");
    const heading = document.querySelector(`#${name} h2[tabindex]`);
    if (heading) heading.focus({ preventScroll: true });
  };

  // What is folded on the screen is printed all the same.
  addEventListener("beforeprint", () => document.querySelectorAll(".checked details.why, .analysed details.finding").forEach((one) => { one.open = true; }));

  window.atlasLanguage = (language) => { document.documentElement.lang = language; };

  // A native date field, where the page has a plain one: the browser's own calendar, on phones too.
  const dated = () => document.querySelectorAll(".day input:not([type=date])").forEach((field) => { field.type = "date"; });
  // What the frame says of a broken connection, in the words of the page.
  const told = () => document.querySelectorAll("[data-testid=toast-text]:not([data-told])").forEach((text) => {
    const lost = document.querySelector(".masthead")?.dataset.lost;
    text.dataset.told = "";
    if (lost && text.textContent.startsWith("Connection")) text.textContent = lost;
  });
  new MutationObserver(() => { dated(); told(); }).observe(document.documentElement, { childList: true, subtree: true });
})();
