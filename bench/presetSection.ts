/** The sizes at which the presets were tried, for docs/numbers.md. */
import { measuredSizes, triedSizes, type MeasuredSize, type TriedSize } from '../src/model/presetSizes.ts';
import { presets } from '../src/model/presets.ts';
import type { PresetId } from '../src/model/presetId.ts';

export const PRESETS_TITLE = 'Presets: from which size on the claim comes out';

const points = (share: number | null) => (share === null ? '?' : (100 * share).toFixed(1));

/** Two tables: where claims came out, and where they did not, each size with its seeds and command. */
export function presetSection(): string {
  const shown = presets.flatMap(({ id }) => measuredSizes(id).map((size) => shownRow(id, size)));
  const tried = presets.flatMap(({ id }) => triedSizes(id).map((size) => triedRow(id, size)));
  const never = presets.filter(({ id }) => measuredSizes(id).length + triedSizes(id).length === 0);
  return `## ${PRESETS_TITLE}

On WebAssembly one net after the other at low priority; on WebGPU ten commands at once on one card, of one preset and seed each. A claim comes out where every seed shows it at each window of 25 steps from the step given up to the end,
and for the last tenth of the steps at least; gaps are points of training error at that step, of the more careful seed. Repeating a command in a folder that has the nets trains nothing.
A number behind a net is that of a lane with the same net: resnet-56-2 and -3 have options B and C, or the first bottlenecks; plain-20-2 and plain-56-2 have Adam; resnet-110-2 has a warm-up. By the paper's recipe the rate
drops at half and three quarters of the steps, and images are augmented: then the claim is that of the last steps.

${table(['preset', 'filters', 'batch', 'from step', 'trained to', 'seeds', 'what came out', 'command', 'where'], shown)}

Tried, and not come out: the seeds differ, or what the paper saw was not seen, or not for a tenth of the steps. Gaps are those at the last step, seed by seed.

${table(['preset', 'filters', 'batch', 'trained to', 'seeds', 'what was seen', 'command', 'where'], tried)}
${never.length === 0 ? '' : `\nNot tried so far: ${never.map(({ id, whole }) => (whole ? `${id} (the paper\u2019s recipe, which is never shrunk)` : id)).join(', ')}.\n`}`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const where = ({ date, commit, device }: MeasuredSize | TriedSize) => `${date}, ${commit}, ${device}`;
const command = (text: string) => `\`${text}\``;

function shownRow(id: PresetId, size: MeasuredSize) {
  const { width, batchSize, recipe, steps, trainedSteps, seeds, pairs } = size;
  const seen = pairs.map(({ nets, better, gap, noise }) => {
    const what = better === null ? 'no gap beyond the noise,' : `${better} ahead by`;
    return `${nets.join(' v ')}: ${what} ${points(gap)} (noise ${points(noise)})`;
  });
  return [id, width, batchSize, recipe ? `${steps}, by the paper\u2019s recipe` : steps, trainedSteps, seeds.join(', '), seen.join('; '), command(size.command), where(size)]; // prettier-ignore
}

function triedRow(id: PresetId, size: TriedSize) {
  const { width, batchSize, trainedSteps, seeds, tried } = size;
  const seen = tried.map(({ nets, seen: each }) => {
    const texts = each.map(({ better, gap, noise, learning }) => {
      const what = gap === null ? 'diverged' : `${better === null ? 'within the noise,' : `${better} ahead by`} ${points(gap)} (noise ${points(noise)})`; // prettier-ignore
      return learning ? what : `${what}, hardly learning`;
    });
    return `${nets.join(' v ')}: ${texts.join(' and ')}`;
  });
  return [id, width, batchSize, trainedSteps, seeds.join(', '), seen.join('; '), command(size.command), where(size)]; // prettier-ignore
}
