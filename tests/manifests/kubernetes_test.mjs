import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { mistakes } from './kubernetes_schema.mjs';
import { help, named, overlays, pod, rendered } from './rendering.mjs';

for (const overlay of overlays) {
  const manifests = rendered(overlay);
  const template = pod(manifests);
  const [container] = template.spec.containers;

  test(`${overlay}: every manifest is as the schema of its kind says`, () => {
    assert.ok(manifests.length >= 5);
    for (const manifest of manifests) assert.deepEqual(mistakes(manifest), [], manifest.kind);
  });

  test(`${overlay}: what a pod refers to is there`, () => {
    const volumes = Object.fromEntries(template.spec.volumes.map((volume) => [volume.name, volume]));
    assert.equal(volumes.config.configMap.name, named(manifests, 'ConfigMap').metadata.name);
    assert.equal(volumes.state.persistentVolumeClaim.claimName, named(manifests, 'PersistentVolumeClaim').metadata.name);
    assert.equal(template.spec.serviceAccountName, named(manifests, 'ServiceAccount').metadata.name);
    for (const mount of container.volumeMounts) assert.ok(volumes[mount.name], mount.name);
    assert.deepEqual(named(manifests, 'NetworkPolicy').spec.podSelector.matchLabels, template.metadata.labels);
    for (const manifest of manifests.filter((one) => one.kind !== 'Namespace')) assert.equal(manifest.metadata.namespace, 'praxisync');
  });

  test(`${overlay}: no secret is in a manifest`, () => {
    assert.equal(named(manifests, 'Secret'), undefined);
    const config = Object.values(named(manifests, 'ConfigMap').data).join('\n');
    for (const [, value] of config.matchAll(/^(?:api_key|client_id|client_secret|token|webhook_secrets) = (.*)$/gm))
      assert.match(value, /^\[?\{ file = "\/run\/secrets\/praxisync\/[a-z-]+" \}\]?$/);
  });

  test(`${overlay}: a pod has no rights that it does not need`, () => {
    assert.equal(template.spec.automountServiceAccountToken, false);
    assert.equal(template.spec.enableServiceLinks, false, 'PRAXISYNC_PORT of a Service would be taken for a flag');
    assert.equal(template.spec.securityContext.runAsNonRoot, true);
    assert.equal(template.spec.securityContext.runAsUser, 10001);
    assert.equal(template.spec.securityContext.seccompProfile.type, 'RuntimeDefault');
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    assert.ok(container.resources.limits.memory);
    for (const mount of container.volumeMounts) assert.equal(mount.readOnly ?? false, mount.name !== 'state');
  });

  test(`${overlay}: the program knows each option that it is given`, () => {
    const [command, ...options] = container.args;
    const known = help(command);
    for (const option of options) assert.match(known, new RegExp(` ${option.split('=')[0]}\\b`));
  });
}

for (const overlay of ['cronjob', 'fleet']) {
  const cronJob = named(rendered(overlay), 'CronJob').spec;
  const job = cronJob.jobTemplate.spec;

  test(`${overlay}: one job at a time, which missed starts cannot end for good`, () => {
    assert.equal(cronJob.concurrencyPolicy, 'Forbid');
    assert.ok(cronJob.startingDeadlineSeconds > 10);
    assert.equal(job.template.spec.restartPolicy, 'Never', 'podFailurePolicy needs it');
  });

  test(`${overlay}: every exit code of sync either fails at once or is tried again`, () => {
    const [evicted, mended] = job.podFailurePolicy.rules;
    assert.equal(evicted.action, 'Ignore');
    assert.equal(evicted.onPodConditions[0].type, 'DisruptionTarget');
    assert.equal(mended.onExitCodes.containerName, job.template.spec.containers[0].name);
    const codes = [...help('sync').split('Exit codes:')[1].matchAll(/^ {2}(\d) /gm)].map((match) => Number(match[1]));
    const triedAgain = [1, 6];
    assert.deepEqual([...mended.onExitCodes.values, ...triedAgain, 0].sort(), codes);
  });
}

test('fleet: each pod is told how many there are', () => {
  const job = named(rendered('fleet'), 'CronJob').spec.jobTemplate.spec;
  const told = job.template.spec.containers[0].env.find((variable) => variable.name === 'JOB_COMPLETIONS');
  assert.equal(job.completionMode, 'Indexed');
  assert.equal(Number(told.value), job.completions);
  assert.equal(job.podFailurePolicy.rules[1].action, 'FailIndex', 'one organisation holds up no other');
  assert.equal(job.backoffLimit ?? null, null);
});

test('serve: one process has the database, and is asked for its health', () => {
  const manifests = rendered('serve');
  const { spec } = named(manifests, 'Deployment');
  const [container] = spec.template.spec.containers;
  assert.equal(spec.replicas, 1);
  assert.deepEqual(spec.strategy, { type: 'Recreate' });
  assert.equal(container.livenessProbe.httpGet.path, '/healthz');
  assert.equal(container.readinessProbe.httpGet.path, '/readyz');
  const service = named(manifests, 'Service').spec;
  assert.deepEqual(service.selector, spec.template.metadata.labels);
  assert.equal(service.ports[0].targetPort, container.ports[0].name);
  const port = container.ports[0].containerPort;
  assert.match(Object.values(named(manifests, 'ConfigMap').data)[0], new RegExp(`^listen = "0\\.0\\.0\\.0:${port}"$`, 'm'));
  assert.equal(named(manifests, 'NetworkPolicy').spec.ingress[0].ports[0].port, port);
});

test('docs/kubernetes.md: its commands make the keys of the Secret that the config reads, and apply an overlay that is there', () => {
  const page = fs.readFileSync(`${process.env.ROOT}/docs/kubernetes.md`, 'utf8');
  const config = Object.values(named(rendered('cronjob'), 'ConfigMap').data).join('\n');
  const made = [...page.matchAll(/--from-file=(\S+)/g)].map(([, key]) => key);
  const read = [...config.matchAll(/"\/run\/secrets\/praxisync\/(\S+)"/g)].map(([, key]) => key);
  assert.deepEqual(made.sort(), read.sort());
  for (const [, overlay] of page.matchAll(/overlays\/([a-z]+)/g)) assert.ok(overlays.includes(overlay), overlay);
});

test('a planted mistake is found: a field that nobody knows, a wrong type, a missing field', () => {
  const cronJob = named(rendered('cronjob'), 'CronJob');
  pod([cronJob]).spec.containers[0].imagePullPolice = 'Always';
  cronJob.spec.startingDeadlineSeconds = 'soon';
  delete cronJob.spec.schedule;
  const found = mistakes(cronJob).join('\n');
  assert.match(found, /containers\/0\/imagePullPolice: unknown field/);
  assert.match(found, /startingDeadlineSeconds: must be integer/);
  assert.match(found, /required property schedule/);
});
