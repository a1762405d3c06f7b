// Puts the page together: controls on the left, session and recommendations on the right.

import * as address from "./address.js";
import * as api from "./api.js";
import { showClicks } from "./clicks.js";
import { byId, domainIcon, fromTemplate } from "./dom.js";
import { Picker } from "./picker.js";
import { Recommendations } from "./recommendations.js";
import { Session } from "./session.js";

// The order people know; a model's own depends on what was clicked first in its training data.
const FIRST_DOMAINS = ["Movie", "Music", "Book"];

const session = new Session();
const choice = { k: 5, domain: "" };
const picker = new Picker();
const recommendations = new Recommendations(session, choice);

function showCategories(domains) {
  byId("categories").replaceChildren(
    ...domains.map(({ name }, index) => {
      const segment = fromTemplate("category-template", { name });
      segment.querySelector(".icon").append(domainIcon(name));
      const input = segment.querySelector("input");
      Object.assign(input, { name: "category", value: name, checked: index === 0 });
      input.addEventListener("change", () => (picker.domain = name));
      return segment;
    }),
  );
  picker.domain = domains[0]?.name ?? "";
}

function showDomains(domains) {
  const chip = (value, text) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const face = document.createElement("span");
    Object.assign(input, { type: "radio", name: "domain", value, checked: value === choice.domain });
    input.addEventListener("change", () => choose({ domain: value }));
    face.textContent = text;
    label.append(input, face);
    return label;
  };
  byId("domains").replaceChildren(chip("", "All"), ...domains.map(({ name }) => chip(name, name)));
}

function choose(change) {
  Object.assign(choice, change);
  address.write(session, choice, false);
  recommendations.refresh();
}

function showInfo({ model, version, items, domains }) {
  const counts = domains.map(({ name, items: count }) => `${name} ${count.toLocaleString("en")}`);
  byId("model").textContent = model;
  byId("items").textContent = `${items.toLocaleString("en")} (${counts.join(", ")})`;
  byId("version").textContent = version;
}

function ordered(domains) {
  const place = ({ name }) => (FIRST_DOMAINS.includes(name) ? FIRST_DOMAINS.indexOf(name) : 9);
  return domains.toSorted((a, b) => place(a) - place(b));
}

function enableButtons() {
  byId("add-button").disabled = picker.picked === null;
  byId("undo").disabled = session.clicks.length === 0;
  byId("reset").disabled = session.clicks.length === 0;
}

async function followAddress(domains) {
  const { k, domain, clicks } = await address.read();
  choice.k = [5, 10, 20].includes(k) ? k : 5;
  choice.domain = domains.some(({ name }) => name === domain) ? domain : "";
  byId("k").value = String(choice.k);
  showDomains(domains);
  session.restore(clicks);
}

function listen(domains) {
  picker.addEventListener("change", enableButtons);
  session.addEventListener("change", enableButtons);
  session.addEventListener("change", ({ detail: how }) => {
    if (how !== "restore") {
      address.write(session, choice, true);
    }
  });
  byId("add").addEventListener("submit", (event) => {
    event.preventDefault();
    if (picker.picked) {
      session.add(picker.picked);
      picker.clear();
      picker.focus();
    }
  });
  byId("undo").addEventListener("click", () => session.undo());
  byId("reset").addEventListener("click", () => session.reset());
  byId("k").addEventListener("change", ({ target }) => choose({ k: Number(target.value) }));
  // The address belongs to the session: the skip link must move the focus and leave it alone.
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("recommendations").focus();
  });
  addEventListener("popstate", () => followAddress(domains));
}

async function start() {
  showClicks(session);
  try {
    const info = await api.info();
    const domains = ordered(info.domains);
    showInfo({ ...info, domains });
    showCategories(domains);
    listen(domains);
    await followAddress(domains);
  } catch {
    // The list below tells what is wrong; all of the page starts again once the server is back.
    byId("retry").addEventListener("click", () => location.reload());
    recommendations.refresh();
  }
}

start();
