/**
 * The main walk in another engine than Chromium: `tsx scripts/walk.ts firefox|webkit`, on the built page. Ends with 0 if all
 * went well, 1 if not, and 77 if there is no such browser that can be driven here; where REQUIRE_ENGINES names the engine
 * (the hosted workflow), that is a failure too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../src/model/clock.ts';
import { serve } from './serve.ts';
import { candidates, type Engine, ENGINES, HELP } from './walk/engines.ts';
import { mainWalk } from './walk/mainWalk.ts';
import { SKIPPED } from './walk/skipped.ts';
import type { WalkDriver } from './walk/walkDriver.ts';

const say = (line: string) => console.log(`  ${line}`);
const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

/** The first browser that starts; null with the reason said. */
async function open(engine: Engine): Promise<WalkDriver | null> {
  for (const candidate of candidates(engine)) {
    try {
      const driver = await candidate.open();
      say(`${driver.browser}: ${candidate.name}`);
      return driver;
    } catch (error) {
      say(`${candidate.name} could not be driven: ${sentence(error)}`);
    }
  }
  return null;
}

async function walk(engine: Engine): Promise<number> {
  const driver = await open(engine);
  if (!driver) {
    const required = (process.env['REQUIRE_ENGINES'] ?? '').split(',').includes(engine);
    say(
      `${required ? 'FAILED' : 'skipped'}: no ${engine} here that can be driven. To have one: ${HELP[engine]}`,
    );
    return required ? 1 : SKIPPED;
  }
  const start = systemClock.seconds();
  const server = await serve({ port: 0 });
  try {
    await mainWalk(driver, server.resolvedUrls.local[0] ?? '', say);
    say(`walked in ${(systemClock.seconds() - start).toFixed(1)} s`);
    return 0;
  } catch (error) {
    console.error(error);
    const folder = join(import.meta.dirname, '../test-results');
    mkdirSync(folder, { recursive: true });
    const picture = join(folder, `walk-${engine}.png`);
    writeFileSync(picture, await driver.screenshot());
    say(`the page as it was: ${picture}`);
    return 1;
  } finally {
    await driver.close();
    await server.close();
  }
}

const engine = ENGINES.find((one) => one === process.argv[2]);
if (engine) {
  process.exitCode = await walk(engine);
} else {
  console.error(`usage: tsx scripts/walk.ts ${ENGINES.join('|')}`);
  process.exitCode = 2;
}
