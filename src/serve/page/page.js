"use strict";
// What every part of the page stands on: elements, times, and the way to the data.
// Whatever comes from outside becomes text nodes, never markup.
const at = id => document.getElementById(id);

function element(name, text, style) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = String(text);
  if (style) made.className = style;
  return made;
}

function within(outer, ...children) {
  outer.append(...children);
  return outer;
}

// columns: [{ head, number, cell: row => text or element }]; the first one heads its row. On a phone
// each row becomes a block, so the roles are said aloud: display takes them away.
function table(caption, columns, rows, style = "") {
  const made = element("table", null, "stack " + style);
  const line = () => role(element("tr"), "row");
  const role = (cell, name) => { cell.setAttribute("role", name); return cell; };
  const mark = (cell, column) => { if (column.number) cell.className = "n"; return cell; };
  const heads = columns.map(column => {
    const cell = mark(role(element("th", column.head), "columnheader"), column);
    cell.scope = "col";
    return cell;
  });
  const body = rows.map(row => within(line(), ...columns.map((column, place) => {
    const cell = mark(role(element(place === 0 ? "th" : "td"), place === 0 ? "rowheader" : "cell"), column);
    if (place === 0) cell.scope = "row";
    cell.dataset.label = column.head;
    cell.append(column.cell(row));
    return cell;
  })));
  return within(role(made, "table"), element("caption", caption, "unseen"),
    within(role(element("thead"), "rowgroup"), within(line(), ...heads)), within(role(element("tbody"), "rowgroup"), ...body));
}

// The server's clock, by its last answer: this device's may be wrong.
let clockAhead = 0;
const serverNow = () => Date.now() + clockAhead;
const number = value => Number(value).toLocaleString("en");

function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return seconds + " s";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min" + (seconds < 600 && seconds % 60 ? " " + seconds % 60 + " s" : "");
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds % 3600 / 60);
  if (hours < 24) return hours + " h" + (minutes ? " " + minutes + " min" : "");
  return Math.floor(hours / 24) + " d" + (hours % 24 ? " " + hours % 24 + " h" : "");
}
const ago = time => span(serverNow() - Date.parse(time)) + " ago";
const until = time => Date.parse(time) <= serverNow() ? "now" : "in " + span(Date.parse(time) - serverNow());

function clock(time) {
  const date = new Date(time), today = new Date(serverNow());
  const hours = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (date.toDateString() === today.toDateString()) return hours;
  return date.toLocaleDateString([], { day: "numeric", month: "short" }) + ", " + hours;
}
function moment(time) {
  const made = element("time", clock(time));
  made.dateTime = time;
  made.title = new Date(time).toLocaleString();
  return made;
}

// Kept for this tab alone; never in a URL.
const token = {
  read: () => sessionStorage.getItem("praxisync-token"),
  keep: text => sessionStorage.setItem("praxisync-token", text),
  forget: () => sessionStorage.removeItem("praxisync-token"),
};

class Refused extends Error {
  constructor(status, { what, mend }) {
    super(what);
    Object.assign(this, { status, mend });
  }
}

// { body, etag }; no body where it is what `etag` names.
async function ask(path, etag) {
  const headers = {};
  if (token.read()) headers.Authorization = "Bearer " + token.read();
  if (etag) headers["If-None-Match"] = etag;
  const reply = await fetch(path, { headers, cache: "no-store", signal: AbortSignal.timeout(10000) });
  const time = Date.parse(reply.headers.get("X-Praxisync-Time"));
  if (time) clockAhead = time - Date.now();
  if (reply.status === 304) return { etag };
  const body = await reply.json().catch(() => null);
  if (reply.ok && body) return { body, etag: reply.headers.get("ETag") };
  throw new Refused(reply.status, body?.error ?? { what: "The server answered " + reply.status, mend: "See its log." });
}
