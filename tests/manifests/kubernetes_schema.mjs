// A manifest against the schema of its kind, and more strictly than that: a field that the schema does not know is a
// mistake too. The schemas' validators ask for every field that they know, so what they never ask for is unknown.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/// `value`, which remembers what of it was read.
function watched(value, path, unread) {
  if (value === null || typeof value !== 'object') return value;
  const fields = new Map(Object.keys(value).map((name) => [name, watched(value[name], `${path}/${name}`, unread)]));
  for (const name of fields.keys()) unread.add(`${path}/${name}`);
  return new Proxy(value, {
    get(target, name) {
      if (!fields.has(name)) return target[name];
      unread.delete(`${path}/${name}`);
      return fields.get(name);
    },
  });
}

/// What is wrong with the manifest, a line each.
export function mistakes(manifest) {
  const [group, version] = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/') : ['', manifest.apiVersion];
  const folder = ['kubernetes-models', group, version].filter(Boolean).join('/');
  let model;
  try {
    model = require(`${folder}/${manifest.kind}`)[manifest.kind];
  } catch {
    return [`no kind ${manifest.kind} in ${manifest.apiVersion}`];
  }
  const unread = new Set();
  const found = [];
  try {
    model.prototype.validate.call(watched(manifest, '', unread));
  } catch (failure) {
    found.push(...failure.errors.map((error) => `${error.instancePath}: ${error.message ?? error.keyword} ${JSON.stringify(error.params)}`));
  }
  const outermost = [...unread].filter((path) => ![...unread].some((other) => path.startsWith(`${other}/`)));
  return [...found, ...outermost.map((path) => `${path}: unknown field`)];
}
