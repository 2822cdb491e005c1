/** `npm test`: every check, stage by stage, stopping after the first stage in which one fails. */
import { spawn } from 'node:child_process';
import { systemClock } from '../src/model/clock.ts';
import { SKIPPED } from './walk/skipped.ts';

/** A check: its name and the command that makes it. */
interface Check {
  readonly name: string;
  readonly command: string;
}

/** Checks that are made one after the other. */
type Row = readonly Check[];

/**
 * Rows of a stage run side by side, and a stage begins when the one before has passed. What takes one processor stands beside something
 * else that does; spec and e2e share two among their own workers, and stand alone.
 */
const STAGES: readonly (readonly Row[])[] = [
  // The commands of spec and e2e stand here without the data and build that `npm run test:spec|e2e` do first.
  [
    // The longest, with what else needs them: imports of kernels are looked for, and the build, minutes later, packs them.
    [
      { name: 'kernels', command: 'npm run --silent kernels' },
      { name: 'lint', command: 'npm run --silent test:lint' },
    ],
    [
      { name: 'data', command: 'npm run --silent data' },
      // Before the unit tests: WebGPU in Node borrows the software driver of a Chromium.
      { name: 'browser', command: 'npx --no-install tsx scripts/ensureBrowser.ts' },
      { name: 'format', command: 'npm run --silent test:format' },
      { name: 'types', command: 'npm run --silent test:types' },
      { name: 'build', command: 'npm run --silent build' },
    ],
  ],
  [[{ name: 'spec', command: 'npx --no-install vitest run' }]],
  [[{ name: 'e2e', command: 'npx --no-install tsx scripts/e2e.ts' }]],
  // The page that was built, in the engines that this machine has; skipped, and said, where it has none.
  [
    [{ name: 'firefox', command: 'npx --no-install tsx scripts/walk.ts firefox' }],
    [{ name: 'webkit', command: 'npx --no-install tsx scripts/walk.ts webkit' }],
  ],
];

const passed: string[] = [];
const skipped: string[] = [];
const failed: string[] = [];
const start = systemClock.seconds();

/** Whether it may go on. What a check beside others says is told when it is over, so that it stays together. */
async function made({ name, command }: Check, isAlone: boolean): Promise<boolean> {
  if (isAlone) console.log(`\n--- ${name}: ${command}`);
  const checkStart = systemClock.seconds();
  // Through a shell, because npm is a script on Windows. The commands are the constants above.
  const child = spawn(command, { shell: true, stdio: isAlone ? 'inherit' : ['inherit', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      said.push(part);
    });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (!isAlone) console.log(`\n--- ${name}: ${command}\n${Buffer.concat(said).toString().trimEnd()}`);
  const seconds = (systemClock.seconds() - checkStart).toFixed(1);
  const outcome = status === 0 ? 'passed' : status === SKIPPED ? 'SKIPPED' : 'FAILED';
  console.log(`--- ${name} ${outcome} in ${seconds} s`);
  (outcome === 'passed' ? passed : outcome === 'SKIPPED' ? skipped : failed).push(name);
  return outcome !== 'FAILED';
}

async function inOrder(row: Row, isAlone: boolean): Promise<void> {
  for (const check of row) if (!(await made(check, isAlone))) return;
}

for (const stage of STAGES) {
  await Promise.all(stage.map((row) => inOrder(row, stage.length === 1)));
  if (failed.length > 0) break;
}

const begun = new Set([...passed, ...skipped, ...failed]);
const notRun = STAGES.flat(2).flatMap(({ name }) => (begun.has(name) ? [] : [name]));
console.log(`\n${failed.length === 0 ? 'every check passed' : `failed: ${failed.join(', ')}`}`);
if (skipped.length > 0)
  console.log(`skipped, because this machine lacks what they need: ${skipped.join(', ')}`);
if (notRun.length > 0) console.log(`not run: ${notRun.join(', ')}`);
console.log(`all in ${(systemClock.seconds() - start).toFixed(0)} s`);
console.log(`${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = failed.length === 0 ? 0 : 1;
