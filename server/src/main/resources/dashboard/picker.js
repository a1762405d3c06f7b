// The item picker: a combobox as the ARIA practices describe it, over the search of the API.

import * as api from "./api.js";
import { byId, fromTemplate, meta } from "./dom.js";

const DEBOUNCE_MILLIS = 100;
const LABELS = { Movie: "Select a Movie", Music: "Select a Music Track", Book: "Select a Book" };

/** Finds items of one domain by title; fires `change` when one is picked or given up. */
export class Picker extends EventTarget {
  #input = byId("picker");
  #list = byId("picker-list");
  #status = byId("picker-status");
  #domain = "";
  #items = [];
  #active = -1;
  #picked = null;
  #timer = 0;
  #request = new AbortController();

  constructor() {
    super();
    this.#input.addEventListener("input", () => this.#typed());
    // Not on focus: after an addition the focus returns here, and a list would cover the buttons.
    this.#input.addEventListener("click", () => this.#openList());
    this.#input.addEventListener("blur", () => this.#close());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    // The field keeps the focus while an option is clicked, so that the list stays open for it.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        this.#pick(this.#items[Number(option.dataset.index)]);
      }
    });
  }

  /** The picked item, or null. */
  get picked() {
    return this.#picked;
  }

  get domain() {
    return this.#domain;
  }

  /** Looks in another domain from now on; the label follows. */
  set domain(domain) {
    this.#domain = domain;
    byId("picker-label").textContent = LABELS[domain] ?? `Select from ${domain}`;
    this.clear();
  }

  /** Empties the field. */
  clear() {
    this.#input.value = "";
    this.#close();
    this.#setPicked(null);
  }

  focus() {
    this.#input.focus();
  }

  #openList() {
    if (this.#list.hidden && this.#picked === null) {
      this.#searchSoon(0);
    }
  }

  #typed() {
    this.#setPicked(null);
    this.#searchSoon(DEBOUNCE_MILLIS);
  }

  #searchSoon(millis) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), millis);
  }

  async #search() {
    this.#request.abort();
    const { signal } = (this.#request = new AbortController());
    const query = this.#input.value.trim();
    try {
      const items = await api.search(this.#domain, query, signal);
      if (!signal.aborted && document.activeElement === this.#input) {
        this.#show(items, query);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.#close();
        this.#status.textContent = error.message;
      }
    }
  }

  #show(items, query) {
    this.#items = items;
    this.#status.textContent = items.length === 0 ? `No title has “${query}”.` : "";
    this.#list.replaceChildren(
      ...items.map((item, index) => {
        const option = fromTemplate("option-template", { title: item.title, meta: meta(item) });
        option.id = `option-${index}`;
        option.dataset.index = index;
        return option;
      }),
    );
    this.#list.hidden = items.length === 0;
    this.#input.setAttribute("aria-expanded", String(items.length > 0));
    this.#list.scrollTop = 0;
    this.#activate(query && items.length > 0 ? 0 : -1);
  }

  #activate(index) {
    this.#active = index;
    for (const option of this.#list.children) {
      option.setAttribute("aria-selected", String(Number(option.dataset.index) === index));
    }
    const option = this.#list.children[index];
    if (option) {
      this.#input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #key(event) {
    const isOpen = !this.#list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) {
        const count = this.#items.length;
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.#activate(this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count);
      } else {
        this.#searchSoon(0);
      }
    } else if (event.key === "Enter" && isOpen && this.#active >= 0) {
      event.preventDefault();
      this.#pick(this.#items[this.#active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (isOpen) {
        this.#close();
      } else {
        this.clear();
      }
    }
  }

  #pick(item) {
    this.#input.value = item.title;
    this.#close();
    this.#setPicked(item);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#request.abort();
    this.#list.hidden = true;
    this.#status.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  #setPicked(item) {
    this.#picked = item;
    this.dispatchEvent(new Event("change"));
  }
}
