// The session in the address, so that it can be shared, reloaded and walked back:
// #c=<dwellMillis>:<item id>&c=…&k=10&domain=Book

import * as api from "./api.js";

const MOST_CLICKS = 100;
const known = new Map();

/** Writes session and choice into the address; a new entry of the history for a new click. */
export function write(session, choice, isNewEntry) {
  const parameters = new URLSearchParams();
  for (const { item, dwellMillis } of session.clicks) {
    known.set(item.id, item);
    parameters.append("c", `${dwellMillis ?? ""}:${item.id}`);
  }
  if (choice.k !== 5) {
    parameters.set("k", choice.k);
  }
  if (choice.domain) {
    parameters.set("domain", choice.domain);
  }
  const text = parameters.toString();
  const address = text ? `#${text}` : location.pathname;
  if (isNewEntry) {
    history.pushState(null, "", address);
  } else {
    history.replaceState(null, "", address);
  }
}

/** Reads `{k, domain, clicks}` from the address; an item that is gone is left out. */
export async function read() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const entries = parameters.getAll("c").slice(0, MOST_CLICKS).map(parse);
  const items = await Promise.all(entries.map(({ id }) => find(id)));
  const clicks = entries
    .map(({ dwellMillis }, index) => ({ item: items[index], dwellMillis }))
    .filter(({ item }) => item !== null);
  return { k: Number(parameters.get("k") ?? 5), domain: parameters.get("domain") ?? "", clicks };
}

function parse(text) {
  const [, dwell, id] = /^(\d{0,12}):([^]*)$/.exec(text) ?? [null, "", text];
  return { dwellMillis: dwell === "" ? null : Number(dwell), id };
}

async function find(id) {
  if (!known.has(id)) {
    try {
      const { genres, ...item } = await api.item(id);
      known.set(id, { ...item, genre: genres.join(", ") });
    } catch {
      return null;
    }
  }
  return known.get(id);
}
