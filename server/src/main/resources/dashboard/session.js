// The session of this page: its clicks, when they were made, and how long each one held.

const LONGEST_DWELL_MILLIS = 30 * 60 * 1000;

/**
 * A list of clicks `{item, at, dwellMillis}`: `at` is null for a click that came with the address,
 * `dwellMillis` null until the next click ends it.
 */
export class Session extends EventTarget {
  clicks = [];

  /** Adds a click; the time since the last one becomes the last one's dwell. */
  add(item) {
    const now = Date.now();
    const last = this.clicks.at(-1);
    if (last && last.dwellMillis === null) {
      last.dwellMillis = dwell(last, now);
    }
    this.clicks.push({ item, at: now, shownAt: now, dwellMillis: null });
    this.#changed("add");
  }

  /** Takes the last click back; the one before it runs on. */
  undo() {
    this.clicks.pop();
    const last = this.clicks.at(-1);
    if (last) {
      last.dwellMillis = null;
    }
    this.#changed("undo");
  }

  reset() {
    this.clicks = [];
    this.#changed("reset");
  }

  /** Replaces all clicks by those of an address, `{item, dwellMillis}`. */
  restore(clicks) {
    const now = Date.now();
    this.clicks = clicks.map(({ item, dwellMillis }) => ({ item, at: null, shownAt: now, dwellMillis }));
    const last = this.clicks.at(-1);
    if (last) {
      last.dwellMillis = null;
    }
    this.#changed("restore");
  }

  /** Returns the clicks as the API takes them. */
  toRequest() {
    return this.clicks.map(({ item, at, dwellMillis }) => ({
      id: item.id,
      ...(at === null ? {} : { time: at }),
      ...(dwellMillis === null ? {} : { dwellMillis }),
    }));
  }

  #changed(how) {
    this.dispatchEvent(new CustomEvent("change", { detail: how }));
  }
}

/** Returns how long a click has held so far, or did hold. */
export function dwell(click, now = Date.now()) {
  return click.dwellMillis ?? Math.min(Math.max(now - click.shownAt, 0), LONGEST_DWELL_MILLIS);
}
