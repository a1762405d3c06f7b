// "Top-k Recommendations": asks again whenever the session or the choice changes.

import * as api from "./api.js";
import { byId, domainIcon, fromTemplate, meta } from "./dom.js";

/** Shows recommendations for a session; a click on one continues the session with it. */
export class Recommendations {
  #session;
  #choice;
  #list = byId("top");
  #request = new AbortController();

  /** @param choice `{k, domain}`, read at each request */
  constructor(session, choice) {
    this.#session = session;
    this.#choice = choice;
    session.addEventListener("change", () => this.refresh());
    byId("retry").addEventListener("click", () => this.refresh());
  }

  async refresh() {
    this.#request.abort();
    const { signal } = (this.#request = new AbortController());
    const { k, domain } = this.#choice;
    byId("top-title").textContent = `Top-${k} Recommendations`;
    this.#wait(k);
    try {
      const domains = domain ? [domain] : [];
      this.#show(await api.recommend({ items: this.#session.toRequest(), k, domains }, signal));
    } catch (error) {
      if (error.name !== "AbortError") {
        this.#fail(error);
      }
    }
  }

  #wait(k) {
    this.#list.setAttribute("aria-busy", "true");
    if (this.#list.children.length === 0) {
      byId("top-error").hidden = true;
      byId("top-empty").hidden = true;
      this.#list.replaceChildren(...Array.from({ length: k }, skeleton));
    }
  }

  #show(answer) {
    this.#list.replaceChildren(...answer.items.map((item, index) => this.#card(item, index)));
    this.#list.setAttribute("aria-busy", "false");
    byId("top-error").hidden = true;
    byId("top-empty").hidden = answer.items.length > 0;
    byId("top-note").textContent = this.#note(answer);
  }

  #note({ model, tookMicros, items, backfilled }) {
    if (this.#session.clicks.length === 0) {
      return "Popular now. Your first click makes it yours.";
    }
    const millis = tookMicros / 1000;
    const took = millis < 10 ? millis.toFixed(1) : millis.toFixed(0);
    const filled = backfilled > 0 ? `, the last ${backfilled} of ${items.length} by popularity` : "";
    return `Model ${model}, ${took} ms${filled}`;
  }

  #card(item, index) {
    const element = fromTemplate("top-template", {
      rank: index + 1,
      title: item.title,
      meta: meta(item),
      domain: item.domain,
    });
    element.querySelector(".icon").append(domainIcon(item.domain));
    const button = element.querySelector("button");
    button.title = `Add “${item.title}” to the session`;
    button.addEventListener("click", () => this.#session.add(item));
    return element;
  }

  #fail(error) {
    this.#list.replaceChildren();
    this.#list.setAttribute("aria-busy", "false");
    byId("top-empty").hidden = true;
    byId("top-note").textContent = "";
    byId("top-error-text").textContent = error.message;
    byId("top-error").hidden = false;
  }
}

function skeleton() {
  const element = document.createElement("li");
  element.className = "skeleton";
  return element;
}
