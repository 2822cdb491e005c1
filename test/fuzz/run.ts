/** `npm run fuzz -- [--runs N] [--seed N] [--only links,logs]`: every reader under inputs that are almost right. */
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/model/random.ts';
import { systemClock } from '../../src/model/clock.ts';
import { fuzz } from './fuzz.ts';
import { targets } from './targets/all.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const runs = Number(values.runs);
const seed = Number(
  values.seed ?? createRandom(new Date(performance.timeOrigin).toISOString()).integer(2 ** 31),
);
const only = values.only?.split(',');
const chosen = targets.filter(({ name }) => !only || only.includes(name));
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed) || chosen.length === 0) {
  console.error(
    `--runs and --seed are whole numbers, --only some of ${targets.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
console.log(`seed ${seed}, ${runs} inputs each`);
for (const target of chosen) {
  const start = systemClock.seconds();
  const { name, taken, refused, violations } = await fuzz(target, seed, runs);
  const seconds = (systemClock.seconds() - start).toFixed(0);
  console.log(
    `${name}: ${taken} taken, ${refused} refused, ${violations.length} kinds of violations, ${seconds} s`,
  );
  for (const { message, times, input } of violations) {
    console.log(`  ${times} times: ${message}`);
    console.log(`    ${JSON.stringify(input.slice(0, 600))} (${input.length} characters)`);
  }
  if (violations.length > 0) process.exitCode = 1;
}
