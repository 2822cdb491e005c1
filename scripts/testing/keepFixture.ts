/**
 * `npx tsx scripts/testing/keepFixture.ts`: writes test/fixtures/keep/vN.json, a database of the present version N with a thing of each kind in it.
 * To be run once, when a version is made; a fixture that is there is never written again, since later versions must open it as it is.
 */
import 'fake-indexeddb/auto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { VERSION } from '../../src/app/keep/migrations.ts';
import { dumpDatabase } from '../../src/app/keep/testing/dumpDatabase.ts';
import { keptRuns, openNamed } from '../../src/app/keep/testing/keptRuns.ts';

const folder = new URL('../../test/fixtures/keep/', import.meta.url);
const file = new URL(`v${VERSION}.json`, folder);
if (existsSync(file)) {
  console.error(`${file.pathname} is there: what a version wrote is never changed`);
  process.exit(2);
}
const db = await openNamed('fixture');
await db.write(await keptRuns());
db.close();
mkdirSync(folder, { recursive: true });
writeFileSync(file, `${JSON.stringify(await dumpDatabase('fixture'))}\n`);
console.log(`wrote ${file.pathname}`);
