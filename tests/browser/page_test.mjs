// The page of `serve` as a browser shows it: node page_test.mjs PAGE_SERVER. See scripts/browser-test.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const program = process.argv[2], pictures = process.env.PICTURES ?? ".";
const kToken = "browser-test-token-0123456789abcdef", kWait = 30000;
const kFlags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
mkdirSync(pictures, { recursive: true });

async function serve(...options) {
  const child = spawn(program, options, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: origin } = await lines.next();
  assert.match(origin ?? "", /^http:\/\/127\.0\.0\.1:\d+$/, "the server prints its address");
  return { origin, say: word => child.stdin.write(word + "\n"), stop: () => child.kill() };
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: kFlags });
const guarded = await serve("--token", kToken), open = await serve(), empty = await serve("--empty");

// A page of its own, whose console must stay silent and which asks nobody but its server.
async function look(origin, { width = 1280, height = 900, dark = false, still = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light",
    reducedMotion: still ? "reduce" : "no-preference" });
  const page = await context.newPage();
  page.setDefaultTimeout(kWait);
  page.complaints = [];
  page.on("console", line => { if (line.type() === "error" || line.type() === "warning") page.complaints.push(line.text()); });
  page.on("pageerror", error => page.complaints.push(error.message));
  page.on("request", request => {
    if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:")) page.complaints.push("asks " + request.url());
    if (request.url().includes(kToken)) page.complaints.push("the token is in a URL");
  });
  await page.goto(origin + "/");
  return page;
}
async function enter(page, token = kToken) {
  await page.getByLabel("Token", { exact: true }).fill(token);
  await page.getByRole("button", { name: "Open" }).click();
}
const board = page => page.locator("#board:not([aria-busy])").waitFor();
const silent = page => assert.deepEqual(page.complaints, [], "the console is silent");
const text = (page, selector) => page.locator(selector).innerText();
const picture = (page, name) => page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
// Pixels of a canvas in one of the page's colours.
const painted = (page, id, name) => page.evaluate(([place, variable]) => {
  const canvas = document.getElementById(place);
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const paint = copy.getContext("2d", { willReadFrequently: true });
  paint.drawImage(canvas, 0, 0);
  const bytes = paint.getImageData(0, 0, canvas.width, canvas.height).data;
  const wanted = getComputedStyle(document.documentElement).getPropertyValue("--" + variable).trim().match(/[0-9a-f]{2}/g).map(part => parseInt(part, 16));
  let found = 0;
  for (let at = 0; at < bytes.length; at += 4)
    if (wanted.every((part, i) => Math.abs(part - bytes[at + i]) < 3) && bytes[at + 3] > 250) ++found;
  return found;
}, [id, name]);
const drawn = async page => {
  assert.ok(await painted(page, "funnel-chart", "accent") > 2000, "the funnel's bars are drawn");
  assert.ok(await painted(page, "runs-chart", "good") > 1000, "the bars of runs that went well are drawn");
};
const fits = async page => {
  const [whole, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(whole <= seen, `${whole} px wide in a window of ${seen}`);
};

const tests = {
  async "loads in silence, with both charts and their tables"() {
    const page = await look(open.origin);
    await board(page);
    await drawn(page);
    assert.match(await page.locator("#funnel-chart").getAttribute("aria-label"), /In stage \d+, Invited \d+, Started \d+/);
    assert.equal(await page.locator("#funnel-table tbody tr").count(), 3);
    assert.ok(await page.locator("#runs-table tbody tr").count() === 8);
    await page.getByRole("button", { name: /Show all/ }).click();
    assert.ok(await page.locator("#runs-table tbody tr").count() > 20);
    assert.match(await text(page, "#attention"), /email: missing[\s\S]*Put the address right in the ATS/);
    assert.match(await text(page, "#budget"), /Invitations left\s+\d+ of 240/);
    assert.match(await text(page, "#now-detail"), /next run in 1\d min/);
    silent(page);
  },

  async "the funnel's chart follows the chosen route"() {
    const page = await look(open.origin);
    await board(page);
    await page.getByLabel("Route that the chart shows").selectOption("data");
    const row = page.getByRole("row", { name: /^data/ });
    const label = await page.locator("#funnel-chart").getAttribute("aria-label");
    assert.ok(label.includes("Funnel of data: In stage " + await row.getByRole("cell").first().innerText() + ","), label);
    silent(page);
  },

  async "a run is seen to begin, to move and to end"() {
    const page = await look(guarded.origin);
    await enter(page);
    await board(page);
    assert.match(await text(page, "#now-step"), /Idle/);
    const before = Date.now();
    guarded.say("run");
    await page.locator("#now-bar").waitFor();
    assert.ok(Date.now() - before < 4000, "live soon");
    await page.getByText("write back", { exact: false }).and(page.locator("#now-step")).waitFor();
    assert.equal(await text(page, "#pulse"), "Running");
    const written = await page.waitForFunction(() => parseInt(document.getElementById("now-detail").textContent) || null);
    await page.waitForFunction(old => parseInt(document.getElementById("now-detail").textContent) > old, await written.jsonValue());
    await picture(page, "1280-running");
    await page.waitForFunction(() => document.getElementById("now-step").textContent === "Idle", null, { timeout: 120000 });
    assert.match(await text(page, "#news"), /Run \d+ ended/);
    silent(page);
  },

  async "without the token there is nothing but its door"() {
    const page = await look(guarded.origin);
    assert.ok(await page.locator("#door").isVisible());
    assert.ok(!await page.locator("#board").isVisible());
    assert.equal(await text(page, "#pulse"), "Locked");
    silent(page);
    await enter(page, "wrong");
    await page.getByText("That is not the token.").waitFor();
    assert.ok(!await page.locator("#board").isVisible());
    await enter(page);
    await board(page);
    await page.reload();
    await board(page);
    assert.ok(!page.url().includes("token"));
    assert.equal(await page.evaluate(() => localStorage.length + document.cookie.length), 0, "kept in the tab's session alone");
    await page.getByRole("button", { name: "Forget token" }).click();
    assert.ok(await page.locator("#door").isVisible());
    await page.reload();
    assert.ok(await page.locator("#door").isVisible(), "forgotten for good");
  },

  async "a candidate is found, masked until asked for"() {
    const page = await look(guarded.origin);
    await enter(page);
    await board(page);
    await page.getByLabel("E-mail address, application id or candidate id").fill("Ada@Example.org");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("heading", { name: "A. L." }).waitFor();
    const masked = await text(page, "#found");
    assert.match(masked, /a…@e…[\s\S]*invited/);
    assert.doesNotMatch(await page.locator("#found").innerHTML(), /Lovelace|ada@/i);
    await page.getByLabel("Show personal data").check();
    await page.getByRole("heading", { name: "Ada Lovelace" }).waitFor();
    assert.match(await text(page, "#found"), /ada@example\.org/);
    await picture(page, "1280-candidate");
    await page.getByLabel("Show personal data").uncheck();
    await page.getByRole("heading", { name: "A. L." }).waitFor();
    await page.getByLabel("E-mail address, application id or candidate id").fill("nobody");
    await page.keyboard.press("Enter");
    await page.getByText("Nobody with that address").waitFor();
    silent(page);
  },

  async "without a token nobody is looked for"() {
    const page = await look(open.origin);
    await board(page);
    assert.ok(!await page.locator("#search").isVisible());
    assert.match(await text(page, "#search-closed"), /with a token only/);
    assert.equal(await page.evaluate(() => fetch("/api/candidate?who=app-1815").then(reply => reply.status)), 403);
  },

  async "the keyboard is enough"() {
    const page = await look(guarded.origin);
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
    assert.equal(await focused(), "token", "the door has the focus");
    await page.keyboard.type(kToken);
    await page.keyboard.press("Enter");
    await board(page);
    await page.locator("body").press("Control+Home");
    const reached = [];
    await page.evaluate(() => document.activeElement.blur());
    for (let i = 0; i < 12; ++i) {
      await page.keyboard.press("Tab");
      reached.push(await focused());
      const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(ring, "none", reached.at(-1) + " shows that it has the focus");
      if (reached.at(-1) === "who") break;
    }
    for (const id of ["route", "runs-all", "who"]) assert.ok(reached.includes(id), id + " is reached: " + reached);
    await page.keyboard.type("app-1815");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "A. L." }).waitFor();
    silent(page);
  },

  async "names and landmarks are there for whoever listens"() {
    const page = await look(guarded.origin);
    await enter(page);
    await board(page);
    const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, select, canvas, section, [role=meter], [role=progressbar]")]
      .filter(part => part.checkVisibility() && !part.getAttribute("aria-label") && !part.getAttribute("aria-labelledby") &&
        !(part.labels?.length) && !(part.tagName === "BUTTON" && part.textContent.trim())).map(part => part.outerHTML.slice(0, 80)));
    assert.deepEqual(nameless, []);
    const dangling = await page.evaluate(() => [...document.querySelectorAll("[aria-labelledby], [aria-describedby], label[for]")]
      .flatMap(part => [part.getAttribute("aria-labelledby"), part.getAttribute("aria-describedby"), part.htmlFor])
      .filter(id => id && !document.getElementById(id)));
    assert.deepEqual(dangling, []);
    for (const role of ["banner", "main", "contentinfo", "search"]) assert.equal(await page.getByRole(role).count(), 1, role);
    for (const name of ["Funnel", "Runs", "Needs a person", "Budget and forecast", "One candidate's history"])
      assert.equal(await page.getByRole("region", { name }).count(), 1, name);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.equal(await page.getByRole("table", { name: /The last runs/ }).count(), 1);
  },

  async "text stands out from what is behind it, in the light and in the dark"() {
    for (const dark of [false, true]) {
      const page = await look(open.origin, { dark, still: true });
      await board(page);
      const faint = await page.evaluate(() => {
        const parse = colour => colour.match(/[\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
          .map(part => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4).reduce((all, part, i) => all + part * [.2126, .7152, .0722][i], 0);
        const behind = part => {
          for (; part; part = part.parentElement) {
            const colour = parse(getComputedStyle(part).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
          }
          return [255, 255, 255];
        };
        return [...document.querySelectorAll("body *")].filter(part => part.checkVisibility() && [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
          .map(part => {
            const [a, b] = [light(parse(getComputedStyle(part).color)), light(behind(part))];
            return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), part.outerHTML.slice(0, 80)];
          }).filter(([ratio]) => ratio < 4.5);
      });
      assert.deepEqual(faint, [], dark ? "dark" : "light");
      await picture(page, dark ? "1280-dark" : "1280-light");
    }
  },

  async "the dark is dark, and charts are drawn anew when it falls"() {
    const page = await look(open.origin, { dark: true });
    await board(page);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const night = await ground();
    await drawn(page);
    assert.ok(night.match(/\d+/g).every(part => part < 60), night);
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForFunction(old => getComputedStyle(document.body).backgroundColor !== old, night);
    await drawn(page);
    assert.ok((await ground()).match(/\d+/g).every(part => part > 200));
    silent(page);
  },

  async "a phone shows all of it without sideways scrolling"() {
    for (const dark of [false, true]) {
      const page = await look(guarded.origin, { width: 390, height: 844, dark });
      await fits(page);
      await picture(page, dark ? "390-door-dark" : "390-door-light");
      await enter(page);
      await board(page);
      await page.getByLabel("E-mail address, application id or candidate id").fill("app-1815");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "A. L." }).waitFor();
      await fits(page);
      await drawn(page);
      await page.getByRole("button", { name: /Show all/ }).click();
      await fits(page);
      await page.getByRole("button", { name: /Show the last/ }).click();
      await picture(page, dark ? "390-dark" : "390-light");
      silent(page);
    }
    const narrow = await look(guarded.origin, { width: 320, height: 640 });
    await enter(narrow);
    await board(narrow);
    await fits(narrow);
  },

  async "a server that falls silent is said to"() {
    const page = await look(open.origin);
    await board(page);
    assert.equal(await text(page, "#pulse"), "Live");
    await page.context().setOffline(true);
    await page.getByText(/Last heard \d+ s ago/).waitFor();
    assert.match(await text(page, "#news"), /does not answer/);
    assert.ok(await page.locator("#funnel-table tbody tr").count() > 0, "what was heard stays");
    await picture(page, "1280-stale");
    await page.context().setOffline(false);
    await page.getByText("Live", { exact: true }).waitFor();
  },

  async "before the first run it says how to begin"() {
    for (const width of [1280, 390]) {
      const page = await look(empty.origin, { width });
      await board(page);
      assert.match(await text(page, "#now"), /No run yet[\s\S]*praxisync sync/);
      assert.match(await text(page, "#funnel-table"), /Nobody has come into a routed stage yet/);
      await fits(page);
      await picture(page, `${width}-empty`);
      silent(page);
    }
  },

  async "nothing moves for whoever wants stillness"() {
    const page = await look(open.origin, { still: true });
    await board(page);
    const moving = await page.evaluate(() => document.getAnimations().filter(one => one.playState === "running").length);
    assert.equal(moving, 0);
    assert.equal(await page.evaluate(() => Chart.getChart("runs-chart").options.animation), false);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (process.env.ONLY && !name.includes(process.env.ONLY)) continue;
  try {
    await test();
    console.log("ok: " + name);
  } catch (error) {
    failed += 1;
    console.error("FAILED: " + name + "\n" + error.stack);
  }
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
for (const server of [guarded, open, empty]) server.stop();
console.log(failed ? failed + " failed" : "the page is as it should be");
process.exitCode = failed ? 1 : 0;
