/** Where the blocks of several nets stand: one column for the same block of each, so that twins lie below each other. Pure. */
import type { ArchitectureQuestion } from './architecture.ts';
import type { NetPlan, Unit } from './netPlan.ts';

/** Blocks behind each other, alone or folded into one. */
export interface Column {
  readonly section: number;
  readonly from: number;
  /** More than one where they are folded. */
  readonly count: number;
  readonly x: number;
  readonly width: number;
}

export interface Columns {
  readonly stem: Pick<Column, 'x' | 'width'>;
  readonly head: Pick<Column, 'x' | 'width'>;
  /** In order. */
  readonly columns: readonly Column[];
  /** From where to where each stage goes. */
  readonly stages: readonly { readonly x: number; readonly end: number }[];
}

const STEM = 40;
const HEAD = 64;
const STAGE_GAP = 14;
const WIDEST = 84;
/** A block is told from its neighbours from this width on. */
const LEAST = 9;
const FOLDED = 54;
/** Equal blocks that are folded at least: two take no more room than one folded. */
const FEWEST = 3;

/** The columns of these nets in a picture of this width; a block that holds the chosen layer always stands alone. */
export function columnsOf(
  plans: readonly NetPlan[],
  width: number,
  equal: ArchitectureQuestion['equal'],
  chosen: Pick<Unit, 'section' | 'block'> | null,
): Columns {
  const stages = Array.from({ length: Math.max(...plans.map((plan) => plan.stages.length)) }, (_, i) => i);
  const most = (stage: number) => Math.max(...plans.map((plan) => plan.stages[stage]?.length ?? 0));
  const blocks = stages.reduce((sum, stage) => sum + most(stage), 0);
  const room = width - STEM - HEAD - STAGE_GAP * (stages.length + 1);
  const isFolded = equal === 'folded' || (equal === 'fit' && room / Math.max(1, blocks) < LEAST);
  const parts = stages.map((stage) =>
    isFolded
      ? foldedParts(plans, stage, most(stage), chosen)
      : range(most(stage)).map((from) => ({ from, count: 1 })),
  );
  const folded = parts.flat().filter(({ count }) => count > 1).length;
  const alone = parts.flat().length - folded;
  // Where even the folded ones do not fit, all share the room.
  const foldedWidth = Math.min(FOLDED, room / Math.max(1, parts.flat().length));
  const pitch = Math.min(WIDEST, (room - folded * foldedWidth) / Math.max(1, alone));
  const columns: Column[] = [];
  const spans: { x: number; end: number }[] = [];
  let x = STEM + STAGE_GAP;
  for (const [stage, own] of parts.entries()) {
    const begin = x;
    for (const { from, count } of own) {
      const wide = count > 1 ? foldedWidth : pitch;
      columns.push({ section: stage + 1, from, count, x, width: wide });
      x += wide;
    }
    spans.push({ x: begin, end: x });
    x += STAGE_GAP;
  }
  return { stem: { x: 0, width: STEM }, head: { x, width: HEAD }, columns, stages: spans };
}

interface Part {
  readonly from: number;
  readonly count: number;
}

function foldedParts(
  plans: readonly NetPlan[],
  stage: number,
  blocks: number,
  chosen: Pick<Unit, 'section' | 'block'> | null,
): readonly Part[] {
  const parts: { from: number; count: number }[] = [];
  const isChosen = (block: number) => chosen?.section === stage + 1 && chosen.block === block;
  for (const block of range(blocks)) {
    const last = parts.at(-1);
    // The first block of a stage is where shapes change: it stands alone in every net, whether they do or not.
    const isLikeLast =
      block > 1 &&
      !isChosen(block) &&
      !isChosen(block - 1) &&
      plans.every(({ stages }) => {
        const [before, own] = [stages[stage]?.[block - 1], stages[stage]?.[block]];
        return !own || before?.signature === own.signature;
      });
    if (last && isLikeLast) last.count++;
    else parts.push({ from: block, count: 1 });
  }
  return parts.flatMap(({ from, count }) =>
    count >= FEWEST ? [{ from, count }] : range(count).map((i) => ({ from: from + i, count: 1 })),
  );
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
