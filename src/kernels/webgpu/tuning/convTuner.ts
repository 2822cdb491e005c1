import type { ConvPlan } from './convPlan.ts';
import { type ConvShape, labelOf } from '../conv/convShape.ts';
import {
  type ConvRole,
  type ConvVariant,
  type ConvVariants,
  type ConvWork,
  VARIANTS_VERSION,
  variantsFor,
} from './convVariant.ts';
import { type TuningMemory, formatChoices, parseChoices } from './tuningMemory.ts';

/** A convolution that a run needs. */
export interface ConvCase {
  readonly role: ConvRole;
  readonly shape: ConvShape;
  readonly batch: number;
}

export interface ConvTunerOptions {
  /** What computes: choices are remembered by it. */
  readonly adapter: string;
  readonly variants: ConvVariants;
  /** Seconds that one run of each variant takes, infinite for one that the device refuses. */
  readonly measure: (of: ConvCase, variants: readonly ConvVariant[]) => Promise<readonly number[]>;
  readonly memory: TuningMemory;
  /** Seconds since some fixed moment. */
  readonly seconds: () => number;
}

/** A convolution is not begun once this long has been spent on others. */
const BUDGET_SECONDS = 1;

/** A variant must be this much faster than the favourite: less is noise. */
const MARGIN = 0.05;

/**
 * A plan that measures, on the device and with the run's own convolutions, which variants are the fastest, and remembers it.
 * Lanes of one experiment choose alike: they take turns, and each keeps to what it finds remembered. That includes the
 * favourites of those convolutions, the smallest, for which the budget did not last.
 */
export class ConvTuner implements ConvPlan {
  readonly cooperative = true;
  /** By convolution, without the batch: evaluation uses training's kernels. */
  private readonly chosen = new Map<string, ConvVariant>();
  /** In a dry run: what is asked for and not chosen yet. */
  private asked: Map<string, ConvCase> | null = null;

  constructor(private readonly options: ConvTunerOptions) {}

  work(role: ConvRole, shape: ConvShape, batch: number): ConvWork {
    const convolution = nameOf(role, shape);
    const chosen = this.chosen.get(convolution);
    if (!chosen && !this.asked?.has(convolution)) this.asked?.set(convolution, { role, shape, batch });
    const variant = chosen ?? variantsFor(this.options.variants, role, shape)[0];
    return variant.work(shape, batch);
  }

  async tune(dryRun: () => void): Promise<void> {
    const asked = new Map<string, ConvCase>();
    this.asked = asked;
    try {
      dryRun();
    } finally {
      this.asked = null;
    }
    if (asked.size === 0) return;
    const { memory, adapter } = this.options;
    const key = `${adapter}, variants ${VARIANTS_VERSION}`;
    await memory.exclusively(async () => {
      const choices = new Map(parseChoices(await memory.read(key)));
      const unknown = [...asked].filter(([convolution, of]) => !this.adopt(convolution, of, choices));
      if (unknown.length === 0) return;
      await this.choose(unknown, choices);
      await memory.write(key, formatChoices(choices));
    });
  }

  /** Takes over what is remembered for a convolution; false if it is nothing that can be used. */
  private adopt(convolution: string, of: ConvCase, choices: ReadonlyMap<string, string>): boolean {
    const name = choices.get(entryOf(convolution, of));
    const fitting = variantsFor(this.options.variants, of.role, of.shape);
    const variant = fitting.find((candidate) => candidate.name === name);
    if (variant) this.chosen.set(convolution, variant);
    return variant !== undefined;
  }

  /** Measures, the largest first, and adds to `choices`. */
  private async choose(cases: readonly [string, ConvCase][], choices: Map<string, string>): Promise<void> {
    const { variants, measure, seconds } = this.options;
    const begun = seconds();
    for (const [convolution, of] of cases.toSorted(([, a], [, b]) => costOf(b) - costOf(a))) {
      const fitting = variantsFor(variants, of.role, of.shape);
      const inTime = fitting.length > 1 && seconds() - begun < BUDGET_SECONDS;
      const variant = inTime ? fastest(fitting, await measure(of, fitting)) : fitting[0];
      this.chosen.set(convolution, variant);
      choices.set(entryOf(convolution, of), variant.name);
    }
  }
}

function fastest(variants: readonly [ConvVariant, ...ConvVariant[]], times: readonly number[]): ConvVariant {
  let best = variants[0];
  let limit = times[0]! * (1 - MARGIN);
  variants.forEach((variant, i) => {
    if (times[i]! >= limit) return;
    best = variant;
    limit = times[i]!;
  });
  return best;
}

const nameOf = (role: ConvRole, shape: ConvShape): string => `${role} ${labelOf(shape)}`;
const entryOf = (convolution: string, { batch }: ConvCase): string => `${convolution}, batch ${batch}`;

/** Multiply-adds. */
function costOf({ shape, batch }: ConvCase): number {
  const { outHeight, outWidth, inChannels, outChannels, kernel } = shape;
  return batch * outHeight * outWidth * inChannels * outChannels * kernel * kernel;
}
