import type { Benchmark } from '../benchmark.ts';
import { openBrowser } from '../hosts/browser.ts';
import type { Host } from '../hosts/host.ts';
import { median } from '../../src/model/median.ts';
import { hostRacer, race, type Place } from '../race.ts';
import type { Measurement } from '../result.ts';
import type { Net } from '../rivals/specimen.ts';
import { summary } from '../summary.ts';
import type { BackendName } from '../../src/model/backends.ts';
import { laneMemory } from '../../src/model/sizes.ts';
import { parseRun } from '../../src/model/config.ts';
import { nameOfNet } from './heats.ts';

interface Case {
  readonly backend: BackendName;
  readonly net: Net;
  readonly rounds: number;
}

const cases: readonly Case[] = [
  { backend: 'wasm', net: { depth: 20, width: 16, batchSize: 128 }, rounds: 11 },
  { backend: 'wasm', net: { depth: 56, width: 16, batchSize: 64 }, rounds: 7 },
  { backend: 'webgpu', net: { depth: 20, width: 8, batchSize: 32 }, rounds: 5 },
  { backend: 'wasm', net: { depth: 110, width: 16, batchSize: 128 }, rounds: 3 },
  { backend: 'wasm', net: { depth: 1202, width: 16, batchSize: 8 }, rounds: 3 },
];

const KEPT = 'kept';
const RECOMPUTED = 'recomputed';

export const recompute: Benchmark = {
  name: 'recompute',
  title: 'Recomputation of activations: what it costs in time and what it takes in memory, in Chromium',
  async run({ quick }) {
    const host = await openBrowser();
    const measurements: Measurement[] = [];
    try {
      for (const one of quick ? cases.slice(0, 1) : cases) measurements.push(...(await measure(host, one)));
    } finally {
      await host.close();
    }
    return {
      settings: {
        host: host.device,
        optimizer: 'SGD with momentum',
        threads: 1,
        memory: 'after the last step',
      },
      measurements,
    };
  },
};

/** Steps with and without, in turn; the race throws if their losses differ. */
async function measure(host: Host, { backend, net, rounds }: Case): Promise<Measurement[]> {
  const entry = { rival: 'ours', backend, threads: 1 } as const;
  const { places, fallen } = await race(
    [
      hostRacer(host, KEPT, { ...entry, net }),
      hostRacer(host, RECOMPUTED, { ...entry, net: { ...net, recompute: true } }),
    ],
    { warmUp: 1, rounds, secondsEach: 40 },
  );
  const [failure] = fallen;
  if (failure) throw new Error(`${nameOfNet(net)}, ${failure.label}: ${failure.reason}`);
  const [kept, recomputed] = places as [Place, Place];
  const name = `${backend}: ${nameOfNet(net)}`;
  return [
    // On a machine that does other things, too, the fastest steps are those that tell.
    {
      label: `${name}: recomputed / kept, fastest steps`,
      value: Math.min(...recomputed.steps) / Math.min(...kept.steps),
      unit: 'times as long',
    },
    {
      label: `${name}: recomputed / kept, medians`,
      value: median(recomputed.steps) / median(kept.steps),
      unit: 'times as long',
    },
    ...places.flatMap((place) => ofPlace(name, net, place)),
  ];
}

function ofPlace(name: string, net: Net, { label, steps, memory }: Place): Measurement[] {
  const { depth, width, batchSize } = net;
  const run = parseRun({ model: { depth, width }, batchSize, recompute: label === RECOMPUTED, steps: 1 });
  const predicted = laneMemory(run).bytes;
  const held = memory?.bytes ?? NaN;
  return [
    summary(`${name}: ${label}`, steps, 'ms a step'),
    { label: `${name}: ${label}, held`, value: held / 1e6, unit: 'MB' },
    {
      label: `${name}: ${label}, held of what the graph predicts`,
      value: (100 * held) / predicted,
      unit: '%',
    },
  ];
}
