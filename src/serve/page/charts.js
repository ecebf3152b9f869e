"use strict";
// The two charts, which move for nobody. Their numbers stand in tables beside them; a label says the gist.
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

// How a run ended, for people; `tone` is a colour of the page.
const endings = {
  done: ["done", "good"], records: ["done, some failed", "warn"], held: ["held by a limit", "warn"],
  throttled: ["stopped: requests used up", "quiet"], quota: ["stopped: quota used up", "quiet"],
  deadline: ["stopped: out of time", "quiet"], signal: ["stopped on request", "quiet"],
  unsettled: ["stopped: an answer is awaited", "quiet"], unauthorized: ["credentials refused", "bad"],
  failed: ["failed", "bad"], other_organisation: ["wrong organisation", "bad"], killed: ["killed", "bad"],
  "": ["under way", "accent"],
};
const ending = reason => endings[reason] ?? [reason, "quiet"];
const groups = [["good", "done"], ["warn", "done, some failed or held"], ["quiet", "stopped in order"], ["bad", "failed"], ["accent", "under way"]];

const steps = [["in_stage", "In stage"], ["invited", "Invited"], ["started", "Started"], ["completed", "Completed"], ["written_back", "Written back"]];

// Each bar's number at its end.
const numbersAtEnds = {
  id: "numbersAtEnds",
  afterDatasetsDraw(chart) {
    const paint = chart.ctx, values = chart.data.datasets[0].data, first = values[0] || 0;
    paint.save();
    paint.font = "600 12px system-ui, sans-serif";
    paint.textBaseline = "middle";
    chart.getDatasetMeta(0).data.forEach((bar, place) => {
      const share = place > 0 && first > 0 ? "  " + Math.round(100 * values[place] / first) + " %" : "";
      paint.fillStyle = colour("text");
      paint.fillText(number(values[place]), bar.x + 7, bar.y);
      const width = paint.measureText(number(values[place])).width;
      paint.fillStyle = colour("soft");
      paint.fillText(share, bar.x + 7 + width, bar.y);
    });
    paint.restore();
  },
};

function settings(more) {
  Chart.defaults.font.family = "system-ui, sans-serif";
  Chart.defaults.font.size = 12;
  Chart.defaults.color = colour("soft");
  Chart.defaults.borderColor = colour("line");
  return { responsive: true, maintainAspectRatio: false, animation: false, ...more };
}

const drawn = new Map();
function draw(id, make, update) {
  if (!drawn.has(id)) drawn.set(id, new Chart(at(id), make()));
  const chart = drawn.get(id);
  update(chart);
  chart.update();
}
dark.addEventListener("change", () => {
  for (const chart of drawn.values()) chart.destroy();
  drawn.clear();
  redrawAll();
});

function drawFunnel(route, name) {
  draw("funnel-chart", () => ({
    type: "bar",
    data: { labels: steps.map(step => step[1]), datasets: [{ data: [], backgroundColor: () => colour("accent"), borderRadius: 4, barPercentage: .82, categoryPercentage: .9 }] },
    options: settings({
      indexAxis: "y", layout: { padding: { right: 84 } }, events: [],
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: { x: { display: false, beginAtZero: true }, y: { grid: { display: false, drawBorder: false }, ticks: { color: colour("text") } } },
    }),
    plugins: [numbersAtEnds],
  }), chart => {
    chart.data.datasets[0].data = steps.map(([key]) => route[key]);
  });
  at("funnel-chart").setAttribute("aria-label",
    "Funnel of " + name + ": " + steps.map(([key, label]) => label + " " + route[key]).join(", ") + ". The table has the numbers.");
}

// Of a run that was killed it is not known.
const took = run => {
  if (!run.finished_at && run.reason) return null;
  return (run.finished_at ? Date.parse(run.finished_at) : serverNow()) - Date.parse(run.started_at);
};
const tookText = run => took(run) === null ? "–" : span(took(run));

function drawRuns(runs) {
  const shown = runs.slice(0, innerWidth < 600 ? 24 : 60).reverse();
  draw("runs-chart", () => ({
    type: "bar",
    data: { labels: [], datasets: [{ data: [], backgroundColor: item => item.chart.shown?.[item.dataIndex]?.colour, minBarLength: 3, borderRadius: 3, maxBarThickness: 26 }] },
    options: settings({
      plugins: { legend: { display: false }, tooltip: { displayColors: false, callbacks: {
        title: items => items[0].chart.shown[items[0].dataIndex].title,
        label: item => item.chart.shown[item.dataIndex].lines } } },
      scales: {
        x: { grid: { display: false }, ticks: { maxRotation: 0, autoSkip: true, autoSkipPadding: 18 } },
        y: { beginAtZero: true, grid: { drawBorder: false }, title: { display: true, text: "how long it took" },
          ticks: { maxTicksLimit: 5, callback: value => span(value) } },
      },
    }),
  }), chart => {
    chart.shown = shown.map(run => ({ colour: colour(ending(run.reason)[1]), title: "Run " + run.id + ", " + clock(run.started_at),
      lines: [ending(run.reason)[0] + (took(run) === null ? "" : ", " + span(took(run))), run.pulled + " read, " + (run.invited + run.enrolled) + " contacted, " +
        run.completed + " completed, " + run.written_back + " written back"] }));
    chart.data.labels = shown.map(run => clock(run.started_at));
    chart.data.datasets[0].data = shown.map(run => took(run) ?? 0);
  });
  const tally = groups.map(([tone, text]) => [shown.filter(run => ending(run.reason)[1] === tone).length, text]).filter(([n]) => n > 0);
  at("runs-chart").setAttribute("aria-label", "How long the last " + shown.length + " runs took and how they ended: " +
    tally.map(([n, text]) => n + " " + text).join(", ") + ". The table has the numbers.");
  at("runs-legend").replaceChildren(...groups.filter(([tone]) => shown.some(run => ending(run.reason)[1] === tone)).map(([tone, text]) => {
    const key = element("i");
    key.style.background = colour(tone);
    return within(element("li"), key, text);
  }));
}
