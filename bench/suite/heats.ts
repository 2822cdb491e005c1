/** Races over several nets, and what is said about them. */
import type { Outcome } from '../benchmark.ts';
import type { Host } from '../hosts/host.ts';
import { median } from '../../src/model/median.ts';
import { type Place, type RaceOptions, type Racer, race } from '../race.ts';
import type { Measurement } from '../result.ts';
import type { Net } from '../rivals/specimen.ts';

export interface Heat {
  readonly net: Net;
  readonly racers: readonly Racer[];
}

/** How many times as long `of` takes as `to`. */
export interface Ratio {
  readonly of: string;
  readonly to: string;
}

export const nameOfNet = ({ depth, width, batchSize }: Net) =>
  `ResNet-${depth}, ${width} filters, batch ${batchSize}`;

/** Runs the heats that `heats` makes on a host, and closes it. */
export async function runHeats<H extends Host>(
  opening: H | Promise<H>,
  heats: (host: H) => readonly Heat[],
  options: RaceOptions,
  ratios: readonly Ratio[],
): Promise<Outcome> {
  const host = await opening;
  const measurements: Measurement[] = [];
  const settings: Record<string, string | number> = { host: host.device, ...options };
  try {
    for (const { net, racers } of heats(host)) {
      const name = nameOfNet(net);
      const { places, fallen } = await race(racers, options);
      const found = [
        ...ratios.flatMap((ratio) => ratioOf(name, ratio, places)),
        ...places.map((place) => stepTime(name, place)),
        ...places.flatMap((place) => memoryOf(name, place)),
      ];
      measurements.push(...found);
      for (const { label, about } of places) if (about) settings[label] = about;
      for (const { label, reason } of fallen) {
        settings[`${name}, ${label} failed`] = reason;
        console.log(`  ${name}: ${label} failed: ${reason}`);
      }
    }
  } finally {
    await host.close();
  }
  return { settings, measurements };
}

function ratioOf(net: string, { of, to }: Ratio, places: readonly Place[]): Measurement[] {
  const [dividend, divisor] = [of, to].map((name) => places.find(({ label }) => label === name));
  if (!dividend || !divisor) return [];
  const value = median(dividend.steps) / median(divisor.steps);
  return [{ label: `${net}: ${of} / ${to}`, value, unit: 'times as long' }];
}

function stepTime(net: string, { label, steps }: Place): Measurement {
  const spread = [steps[0]!, steps.at(-1)!] as const;
  return { label: `${net}: ${label}`, value: median(steps), unit: 'ms a step', spread };
}

function memoryOf(net: string, { label, memory }: Place): Measurement[] {
  // jax-js does not tell: JSON has made null of its NaN.
  if (!memory?.bytes) return [];
  return [{ label: `${net}: ${label}, memory`, value: memory.bytes / 1e6, unit: 'MB' }];
}
