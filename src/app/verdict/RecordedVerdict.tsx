import { useEffect, useMemo, useRef } from 'react';
import { compareRuns } from '../../insights/verdict.ts';
import type { PresetId } from '../../model/presetId.ts';
import { modelName } from '../../model/families.ts';
import { watch as words } from '../runs/enWatch.ts';
import type { AppState } from '../state/AppState.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import type { Run } from '../state/run.ts';
import { sameItems } from '../state/sameItems.ts';
import { askedBy, rankBy } from './asked.ts';
import { comparedRuns } from './comparedRuns.ts';
import { ClaimTexts } from './ClaimTexts.tsx';
import { MarkedText } from './MarkedText.tsx';
import { verdictTexts, type ClaimText } from './verdictParts.ts';
import { useVerdict } from './VerdictProvider.tsx';

/** Claims that are told of them: what is asked, and what of the four nets stands beside it. */
const TOLD = 3;

const NONE: ReadonlySet<string> = new Set();

/** The recorded runs that are drawn. */
const selectRecorded = ({ imported, view: { hidden } }: AppState): readonly Run[] =>
  imported.filter(({ id, origin }) => origin === 'recorded' && !hidden.includes(id));

/** What the recorded runs on the charts show, said apart from what was trained here; and how it goes while they come. */
export function RecordedVerdict() {
  const app = useApp();
  const { preset, phase } = useVerdict();
  const watching = useAppState((state) => state.watching);
  const recorded = useAppState(selectRecorded, sameItems);
  const { asked } = watching;
  const shown = useRef(asked);
  const isHere = watching.state === 'here';
  useEffect(() => {
    if (!isHere || shown.current === asked) return;
    shown.current = asked;
    document.getElementById('curves')?.scrollIntoView({ block: 'nearest' });
  }, [isHere, asked]);
  const told = useMemo(() => recordedTexts(recorded, preset), [recorded, preset]);
  if (watching.state === 'coming') {
    return (
      <p className="verdict-caveat" role="status">
        {words.coming}
      </p>
    );
  }
  return (
    <>
      {watching.state === 'failed' && (
        <p className="field-fault" role="alert">
          {words.failed(watching.why ?? '')}{' '}
          <button type="button" className="button-small" onClick={() => void app.watchRecorded(preset)}>
            {words.again}
          </button>
        </p>
      )}
      {told && (
        <section className="verdict-recorded" aria-labelledby="verdict-recorded">
          <h3 id="verdict-recorded">{words.heading(told.steps)}</h3>
          <ClaimTexts claims={told.claims} leads={phase === 'idle'} />
          {told.claims.length === 0 && told.silence !== '' && (
            <p className="verdict-more">
              <MarkedText text={told.silence} />
            </p>
          )}
          <button
            type="button"
            className="button-small"
            data-focus-next=".verdict-band button"
            onClick={() => app.putRecordedAway()}
          >
            {words.away}
          </button>
        </section>
      )}
    </>
  );
}

/**
 * Two seeds are too few for a mean with an interval: the first speaks, as one run, and what the gap is with each other stands beside it.
 */
function recordedTexts(recorded: readonly Run[], preset: PresetId | null) {
  // Here they are spoken of by the names of their nets.
  const named = longest(recorded).map((run) =>
    run.config ? { ...run, name: modelName(run.config.model) } : run,
  );
  const seeds = [...new Set(named.flatMap(({ config }) => config?.seed ?? []))].sort((a, b) => a - b);
  const [first, ...others] = seeds.map((seed) => ofSeed(named, seed, preset));
  if (!first) return null;
  const claims = first.texts.claims.slice(0, TOLD).map((text, i) => {
    const gaps = others.map(({ seed, found, netOf }) => {
      const { dimension, worse, better } = first.found.claims[i]!;
      const same = found.claims.find(
        (claim) =>
          claim.dimension === dimension &&
          netOf(claim.worse) === first.netOf(worse) &&
          netOf(claim.better) === first.netOf(better),
      );
      return words.withSeed(seed, same?.gap ?? null);
    });
    // How they were measured is said behind the last that is told.
    const how = i === TOLD - 1 ? measuredAs(first.texts.claims.slice(i)) : text.caveat;
    return { ...text, caveat: [how, ...gaps].filter(Boolean).join(' ') || null };
  });
  return { steps: Math.min(...named.map(({ step }) => step)), claims, silence: first.texts.silence };
}

/** Those of the most steps: the recordings of different lengths are of different recipes, and are not compared. */
function longest(recorded: readonly Run[]): readonly Run[] {
  const most = Math.max(...recorded.map(({ step }) => step));
  return recorded.filter(({ step }) => step === most);
}

/** The caveat of the first of these claims, which may stand behind one that was measured alike. */
const measuredAs = (claims: readonly ClaimText[]): string | null =>
  claims.find(({ caveat }) => caveat !== null)?.caveat ?? null;

function ofSeed(all: readonly Run[], seed: number, preset: PresetId | null) {
  const runs = all.filter(({ config }) => config?.seed === seed);
  const asked = askedBy(preset);
  const found = compareRuns(comparedRuns([], runs, NONE, false), rankBy(asked, runs));
  const netOf = (id: string) => runs.find((run) => run.id === id)?.name;
  return { seed, found, netOf, texts: verdictTexts(found, runs, undefined, asked) };
}
