import { useMemo } from 'react';
import { measuredSizes, triedSizes } from '../../../model/presetSizes.ts';
import { useAppState } from '../../state/hooks/AppContext.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import { Unbroken } from '../../ui/Unbroken.tsx';
import { useExperiment } from '../useExperiment.ts';
import { tried as words } from './enTried.ts';
import { presetTried, triedText } from './triedTexts.ts';

/** Where the verdict stands: that trying the question of the page came to no answer at any size so far. Nothing where it came to one. */
export function TriedNote() {
  const preset = useExperiment()?.preset ?? null;
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const text = useMemo(() => {
    if (!preset || measuredSizes(preset.id).length > 0) return null;
    // Of the largest size: all of them stand with the question.
    const tried = triedText(preset, triedSizes(preset.id).slice(-1));
    return tried === null ? presetTried(preset) : words.before(tried);
  }, [preset]);
  return text === null || live ? null : (
    <p className="verdict-caveat">
      <Unbroken text={text} />
    </p>
  );
}
