import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, run, start } from './testing/command.ts';

const out = (name: string) => join(folder, name);
const claims = (name: string, ...options: string[]) => run('claims', '--out', out(name), ...options);
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const size = ['--preset', 'degradation', '--size', '1x2x52'];

describe('npm run claims', () => {
  test('trains a preset at a size with each seed, judges it, and trains nothing twice', async () => {
    const first = await claims('a', ...size);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(
      /^degradation 1x2x52, seeds 1, 2: does not come out; plain-56 and plain-20: .*\n$/,
    );
    expect(first.stderr.match(/: trains /g)).toHaveLength(4);
    expect(readdirSync(out('a')).sort()).toEqual([
      'degradation-1x2x52-seed-1.json',
      'degradation-1x2x52-seed-2.json',
      'nets',
      'sizes.json',
    ]);
    expect(json('a', 'degradation-1x2x52-seed-2.json')).toMatchObject({
      preset: 'degradation',
      size: { width: 1, batchSize: 2, steps: 52 },
      seed: 2,
      comesOut: false,
      pairs: [{ pair: ['plain-56', 'plain-20'], better: null }],
      nets: [
        { id: 'plain-20', stepsTrained: 52, divergedAt: null },
        { id: 'plain-56', stepsTrained: 52 },
      ],
      command: 'npm run claims -- --out DIR --preset degradation --size 1x2x52 --seeds 2',
    });
    const number = expect.any(Number) as unknown;
    const seen = (seed: number): unknown => ({
      seed,
      better: null,
      gap: number,
      noise: number,
      learning: false,
    });
    const triedSize = {
      width: 1,
      batchSize: 2,
      trainedSteps: 52,
      seeds: [1, 2],
      tried: [{ nets: ['plain-56', 'plain-20'], seen: [seen(1), seen(2)] }],
      command: 'npm run claims -- --out DIR --preset degradation --size 1x2x52 --seeds 1,2',
    };
    expect(json('a', 'sizes.json')).toMatchObject({ degradation: [triedSize] });

    // Fewer steps are the beginning of more, and another preset has the same nets.
    const times = () => readdirSync(join(out('a'), 'nets')).map((file) => statSync(join(out('a'), 'nets', file)).mtimeMs); // prettier-ignore
    const before = times();
    const again = await claims('a', '--preset', 'degradation', '--size', '1x2x50');
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(times()).toEqual(before);
    const flip = await claims('a', '--preset', 'flip', '--size', '1x2x50', '--seeds', '1');
    expect(flip.stderr).toBe('flip 1x2x50: trains resnet-56, seed 1\n');
    // A shorter training does not take the place of a longer one.
    expect(json('a', 'sizes.json')).toMatchObject({ degradation: [triedSize], flip: [{ trainedSteps: 50, seeds: [1] }] }); // prettier-ignore
  });

  test('when it is ended it keeps the nets that are done, and goes on with the next', async () => {
    const { child, says, ended } = start('claims', ['--out', out('b'), '--preset', 'degradation', '--size', '1x2x2000', '--seeds', '1']); // prettier-ignore
    await says('trains plain-56');
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(143);
    expect(stderr).toContain('call it again to go on');
    expect(readdirSync(join(out('b'), 'nets'))).toEqual([expect.stringMatching(/^plain-20-/)]);
    const next = await claims('b', '--preset', 'degradation', '--size', '1x2x50', '--seeds', '1');
    expect(next.stderr).toBe('degradation 1x2x50: trains plain-56, seed 1\n');
  });

  test('with the paper\u2019s recipe fewer steps are another run, and only the nets of the claim are trained', async () => {
    const depth = ['--preset', 'depth', '--recipe', 'paper', '--seeds', '1', '--size'];
    const { code, stdout, stderr } = await claims('g', ...depth, '1x2x52', '--recorded');
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^depth 1x2x52-paper, seeds 1: /);
    expect(stderr).toBe(
      'depth 1x2x52-paper: trains resnet-20, seed 1\ndepth 1x2x52-paper: trains resnet-56, seed 1\n',
    );
    expect(json('g', 'sizes.json')).toMatchObject({
      depth: [
        {
          recipe: 'paper',
          command:
            'npm run claims -- --out DIR --preset depth --size 1x2x52 --seeds 1 --recipe paper --recorded',
        },
      ],
    });
    expect((await claims('g', ...depth, '1x2x50')).stderr).toMatch(/trains resnet-20/);
  });

  test.each([
    [['--preset', 'twin'], /--preset must be one of degradation, twins, .*, not "twin"/],
    [['--preset', 'paper'], /is of the paper's recipe: it needs --recipe paper/],
    [['--recipe', 'long'], /--recipe must be short or paper, not "long"/],
    [['--recipe', 'paper'], /--recipe paper needs --size/],
    [['--size', '8x64'], /--size must be filters, batch and steps, as in 8x64x300, not "8x64"/],
    [['--size', '8x0x300'], /--size must be a whole number above 0/],
    [['--size', '8x64x300x1'], /as in 8x64x300/],
    [['--seeds', '1,1'], /--seeds must be different whole numbers/],
    [['--seeds', '1,two'], /--seeds must be different whole numbers/],
  ])('%s is refused', async (options, message) => {
    const { code, stderr } = await claims('c', ...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('what it finds in its folder and cannot read, it names', async () => {
    mkdirSync(out('d'), { recursive: true });
    writeFileSync(join(out('d'), 'sizes.json'), '{"degradation": 3}');
    const { code, stderr } = await claims('d', ...size);
    expect(code).toBe(1);
    expect(stderr).toContain('sizes.json does not hold measured sizes');
  });

  test('the plan is printed, and nothing trained', async () => {
    const { code, stdout } = await claims('e', '--plan');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^degradation 4x32x1000: about \d+ s/);
    for (const preset of [
      'twins',
      'flip',
      'depth',
      'shortcuts',
      'bottleneck',
      'warm-up',
      'switch-on',
      'optimisers',
    ]) {
      expect(stdout).toContain(`\n${preset} `);
    }
    expect(() => readdirSync(out('e'))).toThrow();
  });
});
