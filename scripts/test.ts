/** `npm test`: every check, in order, stopping at the first that fails. */
import { spawnSync } from 'node:child_process';
import { systemClock } from '../src/model/clock.ts';
import { SKIPPED } from './walk/skipped.ts';

/** A check: its name and the command that makes it. */
interface Check {
  readonly name: string;
  readonly command: string;
}

// The commands of spec and e2e stand here without the data and build that `npm run test:spec|e2e` do first.
const CHECKS: readonly Check[] = [
  { name: 'data', command: 'npm run --silent data' },
  { name: 'kernels', command: 'npm run --silent kernels' },
  { name: 'format', command: 'npm run --silent test:format' },
  // Before the unit tests: WebGPU in Node borrows the software driver of a Chromium.
  { name: 'browser', command: 'npx --no-install tsx scripts/ensureBrowser.ts' },
  { name: 'types', command: 'npm run --silent test:types' },
  { name: 'lint', command: 'npm run --silent test:lint' },
  { name: 'spec', command: 'npx --no-install vitest run' },
  { name: 'build', command: 'npm run --silent build' },
  { name: 'e2e', command: 'npx --no-install tsx scripts/e2e.ts' },
  // The page that was built, in the engines that this machine has; skipped, and said, where it has none.
  { name: 'firefox', command: 'npx --no-install tsx scripts/walk.ts firefox' },
  { name: 'webkit', command: 'npx --no-install tsx scripts/walk.ts webkit' },
];

let passed = 0;
const skipped: string[] = [];
let failed: string | null = null;
const start = systemClock.seconds();
for (const { name, command } of CHECKS) {
  console.log(`\n--- ${name}: ${command}`);
  const checkStart = systemClock.seconds();
  // Through a shell, because npm is a script on Windows. The commands are the constants above.
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  const seconds = (systemClock.seconds() - checkStart).toFixed(1);
  const outcome = status === 0 ? 'passed' : status === SKIPPED ? 'SKIPPED' : 'FAILED';
  console.log(`--- ${name} ${outcome} in ${seconds} s`);
  if (outcome === 'FAILED') {
    failed = name;
    break;
  }
  if (outcome === 'SKIPPED') skipped.push(name);
  else passed++;
}

const notRun = CHECKS.slice(passed + skipped.length + 1).map((check) => check.name);
console.log(`\n${failed === null ? 'every check passed' : `failed: ${failed}`}`);
if (skipped.length > 0)
  console.log(`skipped, because this machine lacks what they need: ${skipped.join(', ')}`);
if (failed !== null && notRun.length > 0) console.log(`not run: ${notRun.join(', ')}`);
console.log(`all in ${(systemClock.seconds() - start).toFixed(0)} s`);
console.log(`${passed} passed, ${failed === null ? 0 : 1} failed, ${skipped.length} skipped`);
process.exitCode = failed === null ? 0 : 1;
