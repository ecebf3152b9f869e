// The version that people copy is the one that is built.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import test from 'node:test';
import { overlays, pod, praxisync, rendered } from './rendering.mjs';

const read = (name) => fs.readFileSync(`${process.env.ROOT}/${name}`, 'utf8');
const [version] = execFileSync(praxisync, ['--version'], { encoding: 'utf8' }).match(/\d+\.\d+\.\d+/);

test('the image has the label of the program', () => {
  assert.match(read('Dockerfile'), new RegExp(`^ARG VERSION=${version}$`, 'm'));
});

for (const overlay of overlays) {
  test(`${overlay}: the image is of this version`, () => {
    assert.match(pod(rendered(overlay)).spec.containers[0].image, new RegExp(`/praxisync:${version}$`));
  });
}
