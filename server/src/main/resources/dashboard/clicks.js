// "Your Session Clicks": the session as a line of events with a running dwell clock.

import { byId, domainIcon, fromTemplate, meta } from "./dom.js";
import { dwell } from "./session.js";

/** Shows a session and keeps showing it. */
export function showClicks(session) {
  const list = byId("clicks");
  const draw = () => {
    list.replaceChildren(...session.clicks.map((click, index) => row(click, index)));
    byId("clicks-empty").hidden = session.clicks.length > 0;
    byId("clicks-note").textContent = counted(session.clicks.length);
  };
  const tick = () => {
    const last = session.clicks.at(-1);
    if (last) {
      list.lastElementChild.querySelector(".dwell").textContent = duration(dwell(last));
    }
  };
  session.addEventListener("change", draw);
  setInterval(tick, 1000);
  draw();
}

function row(click, index) {
  const element = fromTemplate("click-template", {
    index: index + 1,
    title: click.item.title,
    meta: meta(click.item),
    dwell: duration(dwell(click)),
  });
  element.querySelector(".title").title = click.item.title;
  const icon = element.querySelector(".icon");
  icon.append(domainIcon(click.item.domain));
  icon.title = click.item.domain;
  return element;
}

function counted(count) {
  return count === 0 ? "" : count === 1 ? "1 click" : `${count} clicks`;
}

function duration(millis) {
  const seconds = Math.floor(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
}
