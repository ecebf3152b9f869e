"use strict";
// The board: asked for again and again while the page is seen, and drawn anew when it has changed.
const kEvery = 1500, kStaleAfter = 6000;
let seen = null, etag = null, heardAt = 0, timer = null;

function tell(text) {
  if (at("news").textContent !== text) at("news").textContent = text;
}

function showNow() {
  const { running, ended, next_run_at: next } = seen.live, away = seen.elsewhere;
  const bar = at("now-bar"), inner = bar.firstChild;
  bar.hidden = !running;
  at("now-title").textContent = running ? "Run " + running.id : "Now";
  at("now-since").textContent = running ? "for " + span(serverNow() - Date.parse(running.since)) : "";
  if (running) {
    at("now-step").textContent = running.step || "starting";
    const known = running.total !== null && running.total > 0;
    bar.classList.toggle("unknown", !known);
    inner.style.width = known ? 100 * running.done / running.total + "%" : "";
    if (known) {
      bar.setAttribute("aria-valuemax", running.total);
      bar.setAttribute("aria-valuenow", running.done);
    } else {
      bar.removeAttribute("aria-valuemax");
      bar.removeAttribute("aria-valuenow");
    }
    const quiet = serverNow() - Date.parse(running.heard_at);
    at("now-detail").textContent = [known ? number(running.done) + " of " + number(running.total) : running.done ? number(running.done) + " so far" : "",
      "this step for " + span(serverNow() - Date.parse(running.step_since)), quiet > 30000 ? "last progress " + span(quiet) + " ago" : ""]
      .filter(Boolean).join(" · ");
    tell("Run " + running.id + " is under way.");
    return;
  }
  const last = seen.runs.find(run => run.reason !== "");
  at("now-step").textContent = away ? "Run " + away.id + " was begun elsewhere" : last ? "Idle" : "No run yet";
  at("now-detail").textContent = [
    away ? "by hand or by another instance, " + ago(away.since) + ": its progress is not known here, and it may have been killed" : "",
    last ? "Run " + last.id + " " + (last.finished_at ? "ended " + ago(last.finished_at) + ": " : "") + ending(last.reason)[0] :
      away ? "" : "The first one is begun by the schedule or by 'praxisync sync'",
    next ? "next run " + until(next) : ""].filter(Boolean).join(" · ");
  if (ended) tell("Run " + ended.id + " ended: " + ending(ended.reason)[0] + ".");
}

function showTiles() {
  const rows = [["Queued", seen.backlog.queued], ["With candidates", seen.backlog.waiting], ["To write back", seen.backlog.to_write],
    ["Blocked", seen.backlog.blocked, "bad"], ["To settle", seen.backlog.unsettled]];
  at("tiles").replaceChildren(...rows.map(([name, value, tone]) =>
    within(element("div", null, value > 0 ? tone : ""), element("dt", name), element("dd", number(value)))));
}

function gauge(name, left, limit, hint) {
  const none = left <= 0, low = !none && left < limit / 10;
  const made = element("div", null, "gauge" + (none ? " none" : low ? " low" : "")), track = element("div", null, "track"), inner = element("i");
  inner.style.width = limit > 0 ? Math.min(100, 100 * left / limit) + "%" : "0";
  track.setAttribute("role", "meter");
  track.setAttribute("aria-label", name + " left");
  track.setAttribute("aria-valuemin", 0);
  track.setAttribute("aria-valuemax", limit);
  track.setAttribute("aria-valuenow", left);
  return within(made, element("p", name + " left", "soft"), within(element("p"), element("b", number(left)), " of " + number(limit)),
    within(track, inner), element("small", hint));
}

function showBudget() {
  const gauges = [], { outlook, quota } = seen;
  for (const [name, row] of [["Reads", seen.budget.reads], ["Writes", seen.budget.writes]]) {
    if (!row) continue;
    const more = row.closed_until ?? (row.left <= 0 ? row.next_free_at : null);
    const hint = more ? (row.closed_until ? "asked for patience, more at " : "more at ") + clock(more) :
      "this hour" + (row.reserve > 0 ? ", " + number(row.reserve) + " in reserve" : "");
    gauges.push(gauge(name, row.closed_until ? 0 : row.left, row.limit - row.reserve, hint));
  }
  if (quota && quota.limit !== null && quota.remaining !== null)
    gauges.push(gauge("Invitations", quota.remaining, quota.limit, "this month, plan " + quota.plan));
  const lines = [];
  if (quota && quota.limit === null) lines.push("Plan " + quota.plan + ": no limit of invitations.");
  if (!quota) lines.push("The month's quota is known after a run has read it.");
  if (outlook.persons === 0) lines.push("Nobody waits to be contacted.");
  else lines.push(number(outlook.persons) + (outlook.persons === 1 ? " person waits" : " people wait") + " to be contacted" + (outlook.done_at ?
    Date.parse(outlook.done_at) <= serverNow() + 60000 ? ": the next run can reach all of them." : ": all of them about " + clock(outlook.done_at) + "." :
    ": not all can be at these limits."));
  if (outlook.quota_dry_at) lines.push(Date.parse(outlook.quota_dry_at) <= serverNow() + 60000 ? "The month's invitations do not last for them." :
    "At this month's pace the invitations run out about " + clock(outlook.quota_dry_at) + ".");
  at("budget").replaceChildren(within(element("div", null, "gauges"), ...gauges), within(element("ul", null, "outlook"), ...lines.map(line => element("li", line))));
}

const kinds = { run: ["last run", "bad", "times"], held: ["held", "warn", "people"], blocked: ["blocked", "bad", "people"],
  refused: ["refused", "warn", "write-backs"], set_aside: ["unreadable", "warn", "records"] };
function showAttention() {
  const rows = seen.attention;
  at("attention-count").hidden = rows.length === 0;
  at("attention-count").textContent = rows.length;
  if (rows.length === 0) return at("attention").replaceChildren(element("p", "Nothing is blocked, held or refused.", "calm"));
  at("attention").replaceChildren(within(element("ul"), ...rows.map(row => {
    const [name, tone, unit] = kinds[row.kind] ?? [row.kind, "", "times"];
    const made = within(element("li", null, "item"), element("span", name, "chip " + tone),
      within(element("span"), element("b", row.where), (row.count > 1 ? " · " + number(row.count) + " " + unit : "") + " · " + row.what));
    if (row.mend) made.append(element("p", row.mend, "mend"));
    return made;
  })));
}

const sum = (rows, key) => rows.reduce((all, row) => all + row[key], 0);
function showFunnel() {
  const rows = seen.routes, choice = at("route"), all = "All routes";
  at("funnel-box").hidden = rows.length === 0;
  at("route-choice").hidden = rows.length < 2;
  if (rows.length === 0) {
    at("funnel-table").replaceChildren(element("p", "Nobody has come into a routed stage yet; 'praxisync doctor' shows which stages are routed.", "soft"));
    return;
  }
  const names = [all, ...rows.map(row => row.route)];
  if ([...choice.options].map(option => option.text).join("\n") !== names.join("\n")) {
    const chosen = choice.value;
    choice.replaceChildren(...names.map(name => element("option", name)));
    choice.value = names.includes(chosen) ? chosen : all;
  }
  const one = rows.find(row => row.route === choice.value && choice.selectedIndex > 0);
  drawFunnel(one ?? Object.fromEntries(steps.map(([key]) => [key, sum(rows, key)])), one ? one.route : all.toLowerCase());
  const counted = (head, key) => ({ head, number: true, cell: row => number(row[key]) });
  at("funnel-table").replaceChildren(table("How far the people of each route have come", [
    { head: "Route", cell: row => row.route }, counted("In stage", "in_stage"), counted("Invited", "invited"), counted("Started", "started"),
    counted("Completed", "completed"), counted("Passed", "passed"), counted("Failed", "failed"), counted("Written back", "written_back")], rows));
}

const kFewRuns = 8;
let allRuns = false;
function showRuns() {
  at("runs-box").hidden = seen.runs.length === 0;
  if (seen.runs.length === 0) {
    at("runs-legend").replaceChildren();
    at("runs-all").hidden = true;
    return at("runs-table").replaceChildren(element("p", "No run yet.", "soft"));
  }
  drawRuns(seen.runs);
  const counted = (head, cell) => ({ head, number: true, cell: row => number(cell(row)) });
  at("runs-all").hidden = seen.runs.length <= kFewRuns;
  at("runs-all").textContent = allRuns ? "Show the last " + kFewRuns : "Show all " + seen.runs.length;
  at("runs-table").replaceChildren(table("The last runs, newest first", [
    { head: "Run", cell: row => within(element("span"), "Run " + row.id + " ", element("span", ending(row.reason)[0], "chip " + ending(row.reason)[1])) },
    { head: "Began", cell: row => moment(row.started_at) },
    { head: "Took", number: true, cell: tookText },
    counted("Read", row => row.pulled), counted("Contacted", row => row.invited + row.enrolled), counted("Completed", row => row.completed),
    counted("Written back", row => row.written_back), counted("Requests", row => row.requests), counted("Problems", row => row.errors)],
    allRuns ? seen.runs : seen.runs.slice(0, kFewRuns)));
}
at("runs-all").addEventListener("click", () => {
  allRuns = !allRuns;
  showRuns();
});

// Each part with what it shows of the document: it is left alone, and whoever reads it, until that changes.
const parts = [[showNow, "live", "elsewhere", "runs"], [showTiles, "backlog"], [showBudget, "budget", "quota", "outlook"],
  [showAttention, "attention"], [showFunnel, "routes"], [showRuns, "runs"]];
const drawnOf = new Map();
function redraw() {
  if (!seen) return;
  for (const [show, ...keys] of parts) {
    const now = JSON.stringify(keys.map(key => seen[key]));
    if (drawnOf.get(show) === now) continue;
    drawnOf.set(show, now);
    show();
  }
  at("search").hidden = !seen.search;
  at("search-closed").hidden = seen.search;
}

function redrawAll() {
  drawnOf.clear();
  redraw();
}

function showPulse() {
  const quiet = Date.now() - heardAt, stale = heardAt > 0 && quiet > kStaleAfter;
  document.body.classList.toggle("stale", stale);
  const [tone, text] = !at("door").hidden ? ["quiet", "Locked"] : heardAt === 0 ? ["quiet", "Connecting…"] :
    stale ? ["stale", "Last heard " + span(quiet) + " ago"] : seen?.live.running ? ["busy", "Running"] : ["live", "Live"];
  at("pulse").dataset.tone = tone;
  at("pulse-text").textContent = text;
  if (stale) tell("The server does not answer; what is shown may be old.");
}

function showTrouble(error) {
  at("trouble").hidden = !error;
  if (!error) return;
  at("trouble-what").textContent = error instanceof Refused ? error.message : "The server does not answer";
  at("trouble-mend").textContent = error.mend ?? "It may be restarting, or the network is gone. This page keeps trying.";
}

function open() {
  at("door").hidden = true;
  at("board").hidden = false;
  at("forget").hidden = !token.read();
}

function lock(message) {
  const wasOpen = at("door").hidden;
  token.forget();
  seen = etag = null;
  drawnOf.clear();
  heardAt = 0;
  at("found").replaceChildren();
  at("who").value = "";
  at("unmask").checked = false;
  at("board").hidden = at("forget").hidden = true;
  at("door").hidden = false;
  at("door-error").textContent = message;
  showTrouble(null);
  showPulse();
  if (wasOpen || message) at("token").focus();
}

async function refresh() {
  try {
    const reply = await ask("/api/overview", etag);
    heardAt = Date.now();
    etag = reply.etag;
    open();
    showTrouble(null);
    if (reply.body) {
      seen = reply.body;
      redraw();
      at("board").removeAttribute("aria-busy");
    }
  } catch (error) {
    if (error.status === 401) lock(token.read() ? "That is not the token." : "");
    else if (!seen || error instanceof Refused) showTrouble(error);
  }
  showPulse();
}

async function keepAsking() {
  clearTimeout(timer);
  if (document.hidden) return;
  if (at("door").hidden) await refresh();
  timer = setTimeout(keepAsking, kEvery);
}

at("door-form").addEventListener("submit", async event => {
  event.preventDefault();
  token.keep(at("token").value.trim());
  at("token").value = "";
  await refresh();
  if (at("door").hidden) at("main").focus();
});
at("forget").addEventListener("click", () => lock("Forgotten."));
at("route").addEventListener("change", showFunnel);
document.addEventListener("visibilitychange", keepAsking);
setInterval(() => { if (seen && !document.hidden) { showNow(); showPulse(); } }, 1000);
if (document.documentElement.dataset.door === "token" && !token.read()) lock("");
keepAsking();
