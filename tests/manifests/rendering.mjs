// The manifests of config/kubernetes as a cluster would get them.
import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';

const [root, kubectl] = [process.env.ROOT, process.env.KUBECTL];
export const praxisync = process.env.PRAXISYNC;
export const overlays = ['cronjob', 'fleet', 'serve'];

export function rendered(overlay) {
  const text = execFileSync(kubectl, ['kustomize', `${root}/config/kubernetes/overlays/${overlay}`], { encoding: 'utf8' });
  return parseAllDocuments(text).map((document) => document.toJS());
}

export const named = (manifests, kind) => manifests.find((manifest) => manifest.kind === kind);

/// The template of the pods that the overlay runs.
export function pod(manifests) {
  const deployment = named(manifests, 'Deployment');
  return deployment ? deployment.spec.template : named(manifests, 'CronJob').spec.jobTemplate.spec.template;
}

/// What `praxisync COMMAND --help` says.
export const help = (command) => execFileSync(praxisync, [command, '--help'], { encoding: 'utf8' });
