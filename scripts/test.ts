/** `npm test`: every check, in order, stopping at the first that fails. */
import { spawnSync } from 'node:child_process';
import { systemClock } from '../src/training/clock.ts';

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
];

let passed = 0;
let failed: string | null = null;
const start = systemClock.seconds();
for (const { name, command } of CHECKS) {
  console.log(`\n--- ${name}: ${command}`);
  const checkStart = systemClock.seconds();
  // Through a shell, because npm is a script on Windows. The commands are the constants above.
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  const seconds = (systemClock.seconds() - checkStart).toFixed(1);
  console.log(`--- ${name} ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (status !== 0) {
    failed = name;
    break;
  }
  passed++;
}

const notRun = CHECKS.slice(passed + 1).map((check) => check.name);
console.log(`\n${failed === null ? 'every check passed' : `failed: ${failed}`}`);
if (failed !== null && notRun.length > 0) console.log(`not run: ${notRun.join(', ')}`);
console.log(`all in ${(systemClock.seconds() - start).toFixed(0)} s`);
console.log(`${passed} passed, ${failed === null ? 0 : 1} failed`);
process.exitCode = failed === null ? 0 : 1;
