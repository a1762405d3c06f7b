// Small tools over the document. Titles come from anywhere: only textContent is ever written.

export const byId = (id) => document.getElementById(id);

/** Returns a copy of the one element in a template, with the texts of the parts named by class. */
export function fromTemplate(id, texts = {}) {
  const element = byId(id).content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(texts)) {
    element.querySelector(`.${name}`).textContent = text;
  }
  return element;
}

// What cleaning puts where a source says nothing; on a page nothing says it better.
const FILLERS = ["Not Available", "Unknown"];

/** Returns creator, genre and year of an item as one line. */
export function meta(item) {
  const year = /(?<!\d)(1\d{3}|20\d{2})(?!\d)/.exec(item.timestamp ?? "")?.[1];
  return [shortened(item.creator), item.genre, year]
    .filter((part) => part && !FILLERS.includes(part))
    .join(" · ");
}

/** Returns the first two of several names: the genre behind them is worth more than a whole cast. */
function shortened(creator) {
  const names = creator.split(", ");
  return names.length <= 2 ? creator : `${names[0]}, ${names[1]} and others`;
}

const SHAPES = {
  Movie: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.5h4M4 14.5h4M16 9.5h4M16 14.5h4",
  Music: "M9 18V5l11-2v13M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM20 16a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  Book: "M12 6c-2-1.5-5-2-9-2v14c4 0 7 .5 9 2 2-1.500 5-2 9-2V4c-4 0-7 .5-9 2zM12 6v14",
};
const OTHER_SHAPE = "M12 3l9 9-9 9-9-9z";

/** Returns the picture of a domain; domains of one's own share one. */
export function domainIcon(domain) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", SHAPES[domain] ?? OTHER_SHAPE);
  svg.append(path);
  return svg;
}
