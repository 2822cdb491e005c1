/** What each preset is to show, as pairs of its lanes: what a size has to bring out, with every seed, to be large enough for it. */
import type { PresetId } from './presetId.ts';

/** `worse` is to make more errors on its training images than `better`; both are lanes of the preset. */
export interface ExpectedGap {
  readonly worse: string;
  readonly better: string;
}

export type PresetClaim =
  /** The paper's answer: all these gaps are to come out. */
  | {
      readonly kind: 'gaps';
      readonly gaps: readonly ExpectedGap[];
      /** Where nobody says that they last: they are to close again, or no paper has trained so. Then they are known up to what was trained alone. */
      readonly upToTrained?: true;
    }
  /**
   * Open, or another than the paper's in a short run. It is answered where both nets of each pair have begun to learn and all seeds
   * answer alike: one net is ahead, or neither is beyond the noise.
   */
  | { readonly kind: 'question'; readonly pairs: readonly (readonly [string, string])[] };

const degradation: ExpectedGap = { worse: 'plain-56', better: 'plain-20' };
const depthHelps: ExpectedGap = { worse: 'resnet-20', better: 'resnet-56' };
const flip: ExpectedGap = { worse: 'plain-56', better: 'resnet-56' };

/** The lanes that a claim is about. */
export const lanesOfClaim = (claim: PresetClaim): readonly string[] => [
  ...new Set(
    claim.kind === 'gaps' ? claim.gaps.flatMap(({ worse, better }) => [worse, better]) : claim.pairs.flat(),
  ),
];

export const presetClaims: Readonly<Record<PresetId, PresetClaim>> = {
  degradation: { kind: 'gaps', gaps: [degradation] },
  twins: { kind: 'gaps', gaps: [degradation, flip] },
  flip: { kind: 'gaps', gaps: [flip] },
  'switch-on': { kind: 'question', pairs: [['resnet-56', 'plain-56']] },
  // Neighbours are closer than two runs of one net may be. That deeper is better comes out after thousands of steps alone; before, the
  // shallow nets lead.
  depth: { kind: 'gaps', gaps: [depthHelps] },
  // Section 4.1: that A, B and C differ little shows that weights in shortcuts are not what removes the degradation.
  shortcuts: {
    kind: 'gaps',
    gaps: ['resnet-56', 'resnet-56-2', 'resnet-56-3'].map((better) => ({ worse: 'plain-56', better })),
  },
  bottleneck: { kind: 'question', pairs: [['resnet-56-2', 'resnet-56']] },
  // "Still reaches similar accuracy" (section 4.2, footnote 5).
  'warm-up': { kind: 'gaps', gaps: [{ worse: 'resnet-110', better: 'resnet-110-2' }], upToTrained: true },
  // With Adam depth hurts, too.
  optimisers: {
    kind: 'gaps',
    gaps: [degradation, { worse: 'plain-56-2', better: 'plain-20-2' }],
    upToTrained: true,
  },
  paper: { kind: 'gaps', gaps: [degradation, flip, depthHelps] },
};
