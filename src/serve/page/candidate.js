"use strict";
// One candidate's history: asked for with the token, masked unless the box is ticked.
const tones = { passed: "good", written_back: "good", completed: "good", failed: "warn", expired: "warn", blocked: "bad",
  cancelled: "quiet", withdrawn: "quiet", queued: "accent", dispatching: "accent", invited: "accent", enrolled: "accent", started: "accent",
  applied: "good", planned: "accent", sending: "accent", left_alone: "quiet", refused: "bad" };
const words = text => text.replaceAll("_", " ");
const chip = text => element("span", words(text), "chip " + (tones[text] ?? ""));

function facts(rows) {
  const list = element("dl", null, "facts");
  for (const [name, value] of rows) {
    if (value === null || value === undefined || value === "") continue;
    list.append(element("dt", name), within(element("dd"), value));
  }
  return list;
}

function timeline(entries) {
  return within(element("ol", null, "steps"), ...entries.map(entry => {
    const line = within(element("li"), element("b", entry.title));
    if (entry.at) line.append(moment(entry.at));
    if (entry.why) line.append(element("p", entry.why));
    return line;
  }));
}

function story(row, masked) {
  const engagement = row.engagement;
  const made = within(element("article", null, "story"),
    within(element("header"), element("h3", row.name || "No name"), element("span", row.email || "no address", "soft"), chip(row.state)),
    facts([["Route", row.route], ["Job", row.job], ["Stage", row.stage + (row.in_stage ? "" : " (has left the route's)")],
      ["Application", row.application_id + " of " + row.connector], ["Candidate", row.candidate_id],
      [engagement?.kind === "pipeline" ? "Pipeline" : "Assessment", engagement?.target], ["Round", engagement?.round > 1 ? engagement.round : null],
      ["Contacted", engagement?.contacted_at ? moment(engagement.contacted_at) : null],
      ["Open until", engagement?.expires_at ? moment(engagement.expires_at) : null],
      ["Reminders", engagement?.reminders || null],
      ["Score", engagement?.score_percentage !== undefined && engagement?.score_percentage !== null ? engagement.score_percentage + " %" : null],
      ["Why", row.reason]]));
  const past = within(element("div"), element("h4", "What happened"),
    timeline(row.history.map(entry => ({ title: words(entry.to), at: entry.at,
      why: [entry.reason, entry.run ? "run " + entry.run : ""].filter(Boolean).join(" · ") }))));
  if (row.write_backs.length > 0) {
    past.append(element("h4", "Written back to the ATS"), timeline(row.write_backs.map(write => ({
      title: words(write.action) + (write.field ? " " + write.field : "") + ": " + words(write.state), at: write.at,
      why: [masked ? "" : write.value, write.reason].filter(Boolean).join(" · ") }))));
  }
  if (row.asked.length > 0) past.append(...row.asked.map(line => element("p", line, "soft")));
  return within(made, past);
}

let asked = 0;
async function search() {
  const who = at("who").value.trim(), turn = ++asked;
  if (!who) return at("found").replaceChildren();
  at("found").replaceChildren(element("p", "Searching…", "soft"));
  try {
    const { body } = await ask("/api/candidate?who=" + encodeURIComponent(who) + (at("unmask").checked ? "&unmask=1" : ""));
    if (turn !== asked) return;
    const none = element("p", "Nobody with that address, application id or candidate id is in a routed stage.", "soft");
    const all = body.screenings.map(row => story(row, body.masked));
    const n = body.screenings.length;
    at("found").replaceChildren(...(n ? [element("p", n + (n === 1 ? " application" : " applications") +
      (body.masked ? ", personal data masked" : ""), "soft"), ...all] : [none]));
  } catch (error) {
    if (turn !== asked) return;
    const lines = [element("p", error instanceof Refused ? error.message : "The server does not answer.", "error")];
    if (error.mend) lines.push(element("p", error.mend, "soft"));
    at("found").replaceChildren(...lines);
  }
}
at("search").addEventListener("submit", event => { event.preventDefault(); search(); });
at("unmask").addEventListener("change", () => { if (at("found").children.length) search(); });
