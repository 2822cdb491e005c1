import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import Papa from 'papaparse';
import { unescapeText } from './csv.ts';
import { ImportError } from './importError.ts';
import { runsFromJson } from './readRunsJson.ts';
import { aboutColumns, numberedNames, provenanceColumns, runColumns, runsToCsv } from './runsCsv.ts';
import { runsToJson } from './runsJson.ts';
import type { Run } from '../../state/run.ts';
import { Series } from '../../state/series.ts';
import { anyRuns, contentOf, experiment } from '../testing/anyRuns.ts';

const write = (runs: Parameters<typeof runsToJson>[0]['runs']) =>
  runsToJson({
    exported: new Date('2026-11-21T08:00:00Z'),
    app: { version: '0.1.0', commit: 'abc1234' },
    device: { backend: 'wasm', threads: 2, hardware: '', software: true, reason: 'no-webgpu' },
    experiment,
    runs,
  });

const recordsOf = (text: string) =>
  Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' }).data.slice(0, -1);

describe('CSV', () => {
  test('says of a branch what it comes from, after which step, and what was changed there', () => {
    const run = fc.sample(anyRuns, 1)[0]![0]!;
    const { config } = run;
    const before = { ...config!, batchSize: config!.batchSize + 1, model: { ...config!.model, width: 3 } };
    const longer = { ...config!, seed: config!.seed + 1 };
    const history: Run['history'] = [
      { kind: 'branched', step: 7, when: 1, run: 'x', name: '=plain', before },
      { kind: 'continued', step: 9, when: 2, before: null },
      { kind: 'continued', step: 11, when: 3, before: longer },
    ];
    const one = { ...run, loggedSteps: null, error: Series.empty.append([0.5]), evaluations: [], history };
    const [, row] = recordsOf(runsToCsv([one]));
    const cell = unescapeText(row!.at(aboutColumns.indexOf('history') - aboutColumns.length)!);
    const width =
      before.model.width === config!.model.width ? [] : [`model.width 3 to ${config!.model.width}`];
    const changes = [
      ...width,
      `batchSize ${before.batchSize} to ${config!.batchSize}`,
      `seed ${config!.seed} to ${longer.seed}`,
    ];
    const [branched, ...continued] = cell.split('\n');
    expect(branched).toMatch(/^branched from =plain after step 7: /);
    expect(
      branched!
        .slice(branched!.indexOf(': ') + 2)
        .split(', ')
        .toSorted(),
    ).toEqual(changes.toSorted());
    expect(continued).toEqual([
      'continued after step 9',
      `continued after step 11: seed ${longer.seed} to ${config!.seed}`,
    ]);
  });

  test('has one row for each lane and step, and every number of it is read back equal', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const [header, ...rows] = recordsOf(runsToCsv(runs));
        expect(header).toEqual([...runColumns, ...provenanceColumns, ...aboutColumns]);
        expect(rows).toHaveLength(runs.reduce((sum, run) => sum + run.loss.length, 0));
        let first = 0;
        for (const run of runs) {
          const own = rows.slice(first, (first += run.loss.length));
          const column = (name: (typeof runColumns)[number]) =>
            own.map((row) => row[runColumns.indexOf(name)]!);
          expect(new Set(column('lane'))).toEqual(new Set([run.lane]));
          expect(
            own.map((row) => row.slice(runColumns.length, -aboutColumns.length).map(unescapeText)),
          ).toEqual(own.map(() => provenanceColumns.map((key) => String(run.provenance?.[key] ?? ''))));
          const [about, ...others] = own.map((row) => row.slice(-aboutColumns.length).map(unescapeText));
          expect([about![0], about![1], about![2], about![4]]).toEqual([
            run.origin,
            run.end?.reason ?? '',
            run.tags.join('\n'),
            run.note,
          ]);
          expect(others.flat().every((cell) => cell === '')).toBe(true);
          const name = numberedNames(runs.map((one) => one.name))[runs.indexOf(run)];
          expect(column('name').map(unescapeText)).toEqual(own.map(() => name));
          expect(column('step')).toEqual(own.map((_, i) => String(i + 1)));
          // CSV writes -0 as 0.
          const numbers = (name: (typeof runColumns)[number]) => column(name).map((cell) => Number(cell) + 0);
          const positive = (values: ArrayLike<number>) => Array.from(values, (number) => number + 0);
          expect(numbers('training_loss')).toEqual(positive(run.loss.values));
          expect(numbers('training_error')).toEqual(positive(run.error.values));
          expect(numbers('learning_rate')).toEqual(positive(run.learningRate.values));
          expect(numbers('epoch')).toEqual(positive(run.epoch.values));
          expect(numbers('training_seconds')).toEqual(positive(run.trainingSeconds.values));
          const tested = own.filter((_, i) => column('test_loss')[i] !== '');
          expect(tested.map((row) => row.slice(8, 11).map((cell) => Number(cell) + 0))).toEqual(
            run.evaluations.map((one) => positive([one.loss ?? NaN, one.error ?? NaN, one.images ?? NaN])),
          );
        }
      }),
    );
  });
});

describe('JSON', () => {
  test('is read back equal', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const back = runsFromJson(write(runs), 'runs.json', 1);
        const positive = (content: unknown) =>
          JSON.parse(
            JSON.stringify(content, (_, v: unknown) => (typeof v === 'number' ? String(v + 0) : v)),
          ) as unknown;
        expect(positive(back.map(contentOf))).toEqual(positive(runs.map(contentOf)));
        expect(back.every((run) => run.state === 'ended')).toBe(true);
      }),
    );
  });

  test('says of what it is', () => {
    const file = JSON.parse(write([])) as Record<string, unknown>;
    expect(file).toMatchObject({
      format: 'residual-playground-runs',
      version: 3,
      exported: '2026-11-21T08:00:00.000Z',
      app: { version: '0.1.0', commit: 'abc1234' },
      device: { backend: 'wasm' },
      experiment: { recipe: { steps: 20 } },
    });
  });

  const file = () => JSON.parse(write(fc.sample(anyRuns, 1)[0]!)) as { runs: Record<string, never>[] };
  /** As version 1 wrote it: what a run was trained with stands in the experiment alone. */
  const old = (runs: Parameters<typeof write>[0]) =>
    write(runs)
      .replace(/"version":\d/, '"version":1')
      .replaceAll(/"config":\{.*?"state"/g, '"state"');

  test('a log of another program is read back equal', () => {
    const logged = fc.sample(anyRuns, 1)[0]!.map((run) => ({
      ...run,
      config: null,
      loggedSteps: Series.empty.append(Array.from(run.loss.values, (_, i) => 10 * (i + 1))),
      epoch: Series.empty,
      evaluations: [{ step: 10, images: null, seconds: null, complete: true, loss: 1, error: 0.5 }],
    }));
    const [back] = runsFromJson(write(logged), 'runs.json', 1);
    expect(back!.config).toBeNull();
    expect(back!.loggedSteps!.values).toEqual(logged[0]!.loggedSteps.values);
    expect(back!.epoch.length).toBe(0);
    expect(back!.evaluations).toEqual(logged[0]!.evaluations);
  });

  test('what was not logged is no NaN, in JSON nor in CSV; only such a file needs a later reader', () => {
    const [run] = fc.sample(anyRuns, 1)[0]!;
    const log = {
      ...run!,
      config: null,
      end: null,
      history: [],
      loggedSteps: Series.empty.append([10, 20, 30]),
      loss: Series.empty.append([1, null, NaN]),
      error: Series.empty.append([0.5, 0.25, 0.5]),
      learningRate: Series.empty,
      epoch: Series.empty.append([null, null, 3]),
      trainingSeconds: Series.empty,
      wallSeconds: Series.empty,
      evaluations: [{ step: 10, images: null, seconds: null, complete: true, loss: null, error: 0.5 }],
    };
    const file = write([log]);
    expect(JSON.parse(file)).toMatchObject({ version: 4, runs: [{ series: { loss: [1, null, 'NaN'] } }] });
    const [back] = runsFromJson(file, 'runs.json', 1);
    expect([0, 1, 2].map((i) => [back!.loss.at(i), back!.loss.isAbsent(i)])).toEqual([[1, false], [NaN, true], [NaN, false]]); // prettier-ignore
    expect([back!.epoch.isAbsent(0), back!.error.hasAbsent, back!.evaluations]).toEqual([true, false, log.evaluations]); // prettier-ignore
    const [, first, second, third] = recordsOf(runsToCsv([log]));
    const cells = (row: readonly string[] | undefined) =>
      ['epoch', 'training_loss', 'training_error', 'test_loss', 'test_error'].map((name) => row![runColumns.indexOf(name as 'epoch')]); // prettier-ignore
    expect([cells(first), cells(second), cells(third)]).toEqual([['', '1', '0.5', '', '0.5'], ['', '', '0.25', '', ''], ['3', 'NaN', '0.5', '', '']]); // prettier-ignore
  });

  test('a file from before it was known what computed a run is still read', () => {
    const runs = fc.sample(anyRuns, 1)[0]!;
    const before = JSON.parse(write(runs)) as { runs: Record<string, unknown>[] };
    for (const run of before.runs) delete run['provenance'];
    const back = runsFromJson(JSON.stringify(before), 'runs.json', 1);
    expect(back.map(({ provenance }) => provenance)).toEqual(runs.map(() => null));
    expect(back.map(({ step }) => step)).toEqual(runs.map(({ step }) => step));
  });

  test('what was never gone on with needs no later reader; what was interrupted, or has a history, does', () => {
    const [run] = fc.sample(anyRuns, 1)[0]!;
    const plain: Run = { ...run!, history: [], tags: ['mine'], note: 'a note', end: null };
    const versionOf = (one: Run) => (JSON.parse(write([one])) as { version: number }).version;
    expect(versionOf(plain)).toBe(3);
    const interrupted = { reason: 'interrupted', divergedAt: null, failure: null } as const;
    expect(versionOf({ ...plain, end: interrupted })).toBe(5);
    const history: Run['history'] = [{ kind: 'continued', step: 2, when: 1, before: null }];
    expect(versionOf({ ...plain, history })).toBe(5);
    const back = runsFromJson(write([{ ...plain, end: interrupted }]), 'runs.json', 1)[0]!;
    expect([back.end, back.tags, back.note, back.origin]).toEqual([interrupted, ['mine'], 'a note', 'file']);
  });

  test('a branch in a file is one of its parent in the file', () => {
    const [parent, child] = fc.sample(anyRuns, 1)[0]!;
    const chapter = {
      kind: 'branched' as const,
      step: 1,
      when: 1,
      run: parent!.id,
      name: 'it',
      before: parent!.config,
    };
    const [one, two] = runsFromJson(write([parent!, { ...child!, history: [chapter] }]), 'runs.json', 7);
    expect(two!.history).toEqual([{ ...chapter, run: one!.id }]);
    const faulty = write([{ ...child!, history: [chapter] }]).replace(/("before":\{.*?"depth":)20/, '$121');
    expect(() => runsFromJson(faulty, 'my.json', 1)).toThrow(/At runs\.0\.history\.0\.before\.model\.depth/);
  });

  test('a file of version 4, without history, is still read', () => {
    const file = JSON.parse(write(fc.sample(anyRuns, 1)[0]!)) as {
      version: number;
      runs: Record<string, unknown>[];
    };
    file.version = 4;
    for (const run of file.runs) {
      for (const key of ['id', 'history', 'tags', 'note', 'origin', 'created'])
        Reflect.deleteProperty(run, key);
      run['end'] = null;
    }
    const [back] = runsFromJson(JSON.stringify(file), 'runs.json', 1);
    expect([back!.history, back!.tags, back!.note, back!.created]).toEqual([[], [], '', null]);
  });

  test('files of version 1 are still read', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const back = runsFromJson(old(runs), 'runs.json', 1);
        expect(back.map(({ config }) => config)).toEqual(runs.map(({ config }) => config));
      }),
    );
  });

  test.each([
    ['cut short', () => write([]).slice(0, 90), /my.json is not JSON, or was cut short/],
    ['another JSON', () => '{"a":1}', /not runs of this page.*"Runs as JSON"/],
    ['a later version', () => JSON.stringify({ ...file(), version: 7 }), /version 7.*reads versions 1 to 5/],
    [
      'a text among the numbers',
      () => write(fc.sample(anyRuns, 1)[0]!).replace('"loss":[', '"loss":["x",'),
      /At runs\.0\.series\.loss\.0: expected a number/,
    ],
    [
      'another lane',
      () => old(fc.sample(anyRuns, 1)[0]!).replace('"runs":[{"lane":"plain-20"', '"runs":[{"lane":"x"'),
      /At runs\.0\.lane: the experiment has no lane "x"/,
    ],
    [
      'a run of an impossible net',
      () => write(fc.sample(anyRuns, 1)[0]!).replaceAll('"depth":20', '"depth":21'),
      /At runs\.0\.config\.model\.depth: depth 21 does not exist/,
    ],
    [
      'a net for ImageNet',
      () => write(fc.sample(anyRuns, 1)[0]!).replaceAll('"depth":20', '"depth":34'),
      /At runs\.0\.config\.model\.depth: depth 34 does not exist: ResNet-34 is of the paper's ImageNet family/,
    ],
    [
      'an impossible net',
      () => old([]).replace('"depth":20', '"depth":21'),
      /At experiment\.lanes\.0\.model\.depth: depth 21 does not exist/,
    ],
  ])('%s is refused, saying what and where', (_, text, message) => {
    const read = () => runsFromJson(text(), 'my.json', 1);
    expect(read).toThrow(ImportError);
    expect(read).toThrow(message);
  });
});
