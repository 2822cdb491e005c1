/** The page's side and the worker's, with no worker between them. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { runsToJson } from '../../runs/codec/runsJson.ts';
import { anyRuns, contentOf, experiment } from '../../runs/testing/anyRuns.ts';
import { ImportError } from '../../runs/codec/importError.ts';
import type { Run } from '../../state/run.ts';
import { LogClient, ReadingCancelled, type LogWorkerLike } from './logClient.ts';
import { LogHandler } from './worker/logHandler.ts';
import type { LogCommand, LogMessage } from './logProtocol.ts';
import { buffersOf, packRun, unpackRuns } from './runs/runData.ts';

class FakeWorker extends EventTarget implements LogWorkerLike {
  isTerminated = false;
  readonly #handler = new LogHandler((message, transfer) => {
    const data: LogMessage = structuredClone(message, { transfer });
    if (!this.isTerminated) this.dispatchEvent(new MessageEvent('message', { data }));
  });

  postMessage(command: LogCommand): void {
    void this.#handler.handle(command);
  }
  terminate(): void {
    this.isTerminated = true;
  }
}

const opened = () => {
  const worker = new FakeWorker();
  return { worker, client: new LogClient(worker) };
};
const log = (text: string, name = 'log.csv') => new File([text], name);

test('a log is read with progress, read anew by a choice without its file, and taken', async () => {
  const { worker, client } = opened();
  const progress = vi.fn();
  const file = log(`step,train_loss,val_acc\n${'1,2.5,\n'.repeat(400_000)}2,1.5,50\n`);
  const content = await client.read(file, 3, progress);
  if (content.kind !== 'log') throw new Error(content.kind);
  expect(progress.mock.calls.map(([bytes]: number[]) => bytes)).toEqual([2_000_000, file.size]);
  const { outline, reading } = content;
  expect(outline).toMatchObject({
    file: 'log.csv',
    rows: 400_001,
    header: ['step', 'train_loss', 'val_acc'],
  });
  expect(reading.runs).toMatchObject([
    { id: 'imported/3/0', name: 'log', summary: { points: 2, tests: 1, testError: 0.5 } },
  ]);

  const slice = vi.spyOn(Blob.prototype, 'slice');
  const again = await client.interpret({ ...outline.guess, measures: { 2: 'errorPercent' }, fromZero: true });
  expect(again.runs[0]!.summary).toMatchObject({ from: 2, to: 3, testError: 0.5 });
  expect(slice).not.toHaveBeenCalled();
  const [run] = await client.take();
  expect([...run!.loss.values]).toEqual([2.5, 1.5]);
  expect(run!.loggedSteps && [...run!.loggedSteps.values]).toEqual([2, 3]);
  expect(run!.evaluations).toEqual([
    { step: 3, images: null, complete: true, loss: null, error: 0.5, seconds: null },
  ]);
  client.close();
  expect(worker.isTerminated).toBe(true);
});

test('what the worker says against a choice is a fault with a way on, not an error', async () => {
  const { client } = opened();
  const content = await client.read(
    log('epoch,step,train_loss,val_loss\n0,49,2,\n0,0,,1.5\n1,0,,1.2\n'),
    1,
    vi.fn(),
  );
  if (content.kind !== 'log') throw new Error(content.kind);
  expect(content.reading.fault).toMatch(/stands there twice/);
  expect(content.reading.offer).toMatchObject({ place: 0, unit: 'epoch', fromZero: true });
  const mended = await client.interpret(content.reading.offer!);
  expect(mended).toMatchObject({ fault: null, runs: [{ summary: { tests: 2, to: 782 } }] });
});

test('curves named by another column are guessed anew, and may not be too many', async () => {
  const { client } = opened();
  const rows = Array.from({ length: 300 }, (_, i) => `${i},loss,${i},hash${i}`);
  const content = await client.read(log(`step,key,value,id\n${rows.join('\n')}\n`), 1, vi.fn());
  if (content.kind !== 'log') throw new Error(content.kind);
  expect(content.outline.naming).toEqual([1]);
  const plain = await client.name([]);
  expect(plain.outline.header).toEqual(['step', 'key', 'value', 'id']);
  await expect(client.name([3])).rejects.toThrow(/more than 200 different cells/);
});

test('errors cross whole: what is wrong with a file, a worker that fails, a person who leaves', async () => {
  const { client } = opened();
  const error: unknown = await client.read(log('1,2\n2,1\n'), 1, vi.fn()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ImportError);
  expect(String(error)).toMatch(/line 1 should name the columns/);
  const notOpen: unknown = await client.take().catch((reason: unknown) => reason);
  expect(notOpen).toEqual([]);

  const broken = opened();
  const reading = broken.client.read(log('step,loss\n1,2\n'), 1, vi.fn());
  broken.worker.dispatchEvent(new Event('error'));
  await expect(reading).rejects.toThrow(/did not load, or failed. Try again/);
  expect(broken.worker.isTerminated).toBe(true);

  const left = opened();
  const waiting = left.client.read(log('step,loss\n1,2\n'), 1, vi.fn());
  left.client.close();
  await expect(waiting).rejects.toThrow(ReadingCancelled);
});

test('many runs with many tests are taken in breaths', async () => {
  const [[like]] = fc.sample(
    anyRuns.filter((runs) => runs.length > 0),
    1,
  ) as [[Run]];
  const evaluation = { images: 500, complete: false, loss: 2, error: 0.5, seconds: 1 };
  const tested = (tests: number): Run => ({
    ...like,
    evaluations: Array.from({ length: tests }, (_, i) => ({ ...evaluation, step: i + 1 })),
  });
  const breathsOf = async (runs: readonly Run[]) => {
    let breaths = 0;
    const back = await unpackRuns(runs.map(packRun), () => Promise.resolve(++breaths));
    expect(back.map(({ evaluations }) => evaluations)).toEqual(runs.map(({ evaluations }) => evaluations));
    return breaths;
  };
  // One more at the end; 64 runs weigh something by themselves.
  expect(await breathsOf([tested(100)])).toBe(1);
  expect(await breathsOf([tested(100_001)])).toBe(6);
  expect(await breathsOf(Array.from({ length: 64 }, () => tested(1000)))).toBe(7);
});

test('runs cross from the worker equal', async () => {
  await fc.assert(
    fc.asyncProperty(anyRuns, async (runs) => {
      const crossed = runs.map((run) => {
        const data = packRun(run);
        return structuredClone(data, { transfer: buffersOf(data) });
      });
      const back = await unpackRuns(crossed, () => Promise.resolve());
      expect(back.map(contentOf)).toEqual(runs.map(contentOf));
      const looks = ({ id, lane, style }: Run) => ({ ...style, id, lane });
      expect(back.map(looks)).toEqual(runs.map(looks));
    }),
  );
});

const fixture = (name: string) => {
  const url = new URL(`../../../../test/fixtures/cases/hostile/${name}`, import.meta.url);
  return new File([readFileSync(url)], name);
};

test('runs of this page are read by either way in; hostile ones are held or refused in few words', async () => {
  const [some] = fc.sample(anyRuns, 1);
  const text = runsToJson({
    exported: new Date(0),
    app: { version: '0', commit: null },
    device: null,
    experiment,
    runs: some!,
  });
  const content = await opened().client.read(log(text, 'runs.json'), 1, vi.fn());
  if (content.kind !== 'runs') throw new Error(content.kind);
  expect(content.runs.map(({ name }) => name)).toEqual(some!.map(({ name }) => name));

  for (const name of ['proto.json', 'extreme.json']) {
    expect(await opened().client.read(fixture(name), 1, vi.fn())).toMatchObject({
      kind: 'runs',
      runs: [{ name: 'a' }],
    });
  }
  expect(({} as { polluted?: string }).polluted).toBeUndefined();

  const file = JSON.parse(text) as { version: unknown; runs: object[] };
  const refused = async (changed: object) => {
    const reason: unknown = await opened()
      .client.read(log(JSON.stringify(changed), 'runs.json'), 1, vi.fn())
      .catch((error: unknown) => error);
    expect(reason).toBeInstanceOf(ImportError);
    expect(String(reason).length).toBeLessThan(500);
    return String(reason);
  };
  const long = 'x'.repeat(5_000_000);
  expect(await refused({ ...file, version: long })).toMatch(/is of version x+\u2026, and this page reads/);
  expect(await refused({ ...file, runs: Array.from({ length: 20_000 }, () => file.runs[0]) })).toMatch(
    /holds 20,000 runs, and at most 300 are read/,
  );
  expect(await refused({ ...file, runs: [{ ...file.runs[0], state: long }] })).toMatch(/At runs.0.state/);
  expect(await refused({ ...file, runs: [{ ...file.runs[0], name: long }] })).toMatch(
    /longer than 2,000 characters/,
  );
});
