/** What came out, in a sentence or two. */
import { gradientShares, lengthAt, pathShares } from '../../insights/paths.ts';
import { median } from '../../model/median.ts';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import type { CutAnswer, CutNet, CutQuestion, PathsAnswer } from './cut.ts';
import { cut as words } from './enCut.ts';
import { groupsOf, netBlocks } from './nets.ts';

type Drawn = Answered<CutQuestion, CutAnswer>;
type Looked = LookedAt & CutNet;

export function summaryOf({ nets, question, answer }: Drawn): string {
  if (answer.kind === 'paths') return ofPaths(nets, answer);
  const all = nets.flatMap((net, i) => {
    const own = answer.nets[i];
    return own ? [{ ...net, ...own }] : [];
  });
  return said(all, question) + words.images(answer.images);
}

function said(nets: readonly Looked[], { study, pressed }: CutQuestion): string {
  switch (study) {
    case 'each':
      return (
        words.ofEach(nets.map(medians)) +
        nets.flatMap((net, i) => ofPressedBlocks(net, pressed[i] ?? [])).join('')
      );
    case 'pressed':
      return words.ofPressed(
        nets.map(({ name, error, edits: [edit] }) => ({
          name,
          error,
          count: edit?.at ?? 0,
          cut: edit?.error ?? null,
          again: edit?.again ?? null,
        })),
      );
    case 'random':
      return words.ofRandom(
        nets.map(({ name, error, edits }) => {
          const last = groupsOf(edits).at(-1);
          return { name, error, count: last?.at ?? 0, mean: last?.mean ?? error };
        }),
      );
    case 'swap': {
      const swapped = nets.filter(({ edits }) => edits.length > 0);
      const without = nets.filter(({ edits }) => edits.length === 0).map(({ name }) => words.noSwap(name));
      const ends = swapped.map(({ name, error, edits }) => {
        const end = edits.reduce((least, edit) => (edit.at < least.at ? edit : least));
        return { name, error, tau: end.at, worst: end.error };
      });
      return [...(ends.length > 0 ? [words.ofSwap(ends)] : []), ...without].join(' ');
    }
    case 'paths':
      return '';
    case 'dial':
      return words.ofDial(
        nets.map(({ name, error, edits }) => ({
          name,
          error,
          half: edits.find(({ at }) => at === 0.5)?.error ?? null,
        })),
      );
  }
}

function medians({ name, error, edits }: Looked) {
  const anew = edits.flatMap(({ again }) => (again === null ? [] : [again]));
  return {
    name,
    error,
    median: median(edits.map((edit) => edit.error)),
    medianAgain: anew.length === edits.length ? median(anew) : null,
  };
}

const ofPressedBlocks = ({ name, model, error, edits }: Looked, pressed: readonly number[]) =>
  edits
    .filter(({ at }) => pressed.includes(at))
    .map((edit) => {
      const { stage, block } = netBlocks(model).blocks[edit.at]!;
      return words.ofBlock(name, words.block(stage, block), edit.error, edit.again, error);
    });

/** What is outside of this share of the gradient at either end. */
const TAIL = 0.05;

function ofPaths(nets: readonly LookedAt[], answer: PathsAnswer): string {
  const looked = nets.flatMap(({ name, model }, i) => {
    const own = answer.nets[i];
    return own === undefined ? [] : [{ name, model, own }];
  });
  const measured = looked.flatMap(({ name, own }) => {
    if (own === null) return [];
    const { blocks, lengths } = own;
    const shares = gradientShares(blocks, lengths);
    const at = (share: number) => lengthAt(shares, share);
    const paths = lengthAt(pathShares(blocks), 0.5);
    return [{ name, blocks, paths, from: at(TAIL), half: at(0.5), to: at(1 - TAIL) }];
  });
  const single = looked.flatMap(({ name, model, own }) =>
    own === null ? [words.onePath(name, netBlocks(model).blocks.length)] : [],
  );
  return [words.ofPathLengths(answer.images, measured), ...single].filter(Boolean).join(' ');
}
