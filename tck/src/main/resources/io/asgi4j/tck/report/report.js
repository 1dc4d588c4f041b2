"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const search = document.querySelector("#search");
  const profile = document.querySelector("#profile");
  const shown = document.querySelector("#shown");
  const scenarios = all(".scenario");
  const rules = all(".rule");
  const texts = new Map([...scenarios, ...rules].map((part) => [part, part.textContent.toLowerCase()]));

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const statuses = new Set(all(".chip input:checked").map((box) => box.value));
    const matches = (part) => words.every((word) => texts.get(part).includes(word));
    for (const part of scenarios) {
      const wanted = statuses.has(part.dataset.status) && (!profile.value || part.dataset.profile === profile.value);
      part.hidden = !(wanted && matches(part));
    }
    rules.forEach((part) => { part.hidden = !matches(part); });
    for (const heading of all("section h3")) {
      let next = heading.nextElementSibling;
      let empty = true;
      while (next && next.tagName !== "H3") {
        empty = empty && next.hidden;
        next = next.nextElementSibling;
      }
      heading.hidden = empty;
    }
    shown.textContent = scenarios.filter((part) => !part.hidden).length + " scenarios";
  }

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") {
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
    }
  }

  for (const block of all("pre.copy")) {
    const text = block.textContent;
    const button = document.createElement("button");
    button.textContent = "copy";
    button.onclick = () => navigator.clipboard.writeText(text).then(() => { button.textContent = "copied"; });
    block.append(button);
  }

  if (search) {
    search.oninput = filter;
    profile.onchange = filter;
    all(".chip input").forEach((box) => { box.onchange = filter; });
    addEventListener("hashchange", reveal);
    filter();
    reveal();
  }

  const differing = document.querySelector("#differing");
  if (differing) {
    differing.onchange = () => all("tr.same").forEach((row) => { row.hidden = differing.checked; });
  }
})();
