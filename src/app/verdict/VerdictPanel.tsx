import { Fragment } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import { runs as runWords } from '../runs/enRuns.ts';
import { verdictRule, waitingForVerdict } from './enVerdict.ts';
import { MarkedText } from './MarkedText.tsx';
import { Parts } from './Parts.tsx';
import { useVerdict } from './VerdictProvider.tsx';

/**
 * The verdict in words. Its numbers change every 25 steps at most (src/insights/window.ts); what is read out has none, and changes
 * only when something else is claimed. Milestones are told apart from it (session/Milestones.tsx).
 */
export function VerdictPanel() {
  const { phase, found, texts } = useVerdict();
  const { lead, claims, guessing, silence, rule } = texts;
  const isSaid = claims.length > 0 || guessing !== null;
  const isEarly =
    phase !== 'ended' && found.silent.length > 0 && found.silent.every(({ why }) => why === 'short');
  return (
    <div className="verdict">
      <p
        className="visually-hidden"
        role="status"
        aria-label={waitingForVerdict.label}
        data-has-verdict={claims.length > 0}
      >
        {texts.announcement}
      </p>
      {lead !== null && (
        <p className="verdict-headline">
          <MarkedText text={lead} />
        </p>
      )}
      {claims.map(({ parts, explanation, caveat }, i) => (
        <Fragment key={i}>
          <p className={i === 0 && lead === null ? 'verdict-headline' : 'verdict-more'}>
            <Parts parts={parts} />
          </p>
          {explanation !== null && (
            <p className="verdict-explains">
              <MarkedText text={explanation} />
            </p>
          )}
          {caveat !== null && (
            <p className="verdict-caveat">
              <MarkedText text={caveat} />
            </p>
          )}
        </Fragment>
      ))}
      {guessing !== null && (
        <p className={claims.length > 0 ? 'verdict-more' : 'verdict-headline'}>
          <MarkedText text={guessing} />
        </p>
      )}
      {phase === 'idle' ? (
        <Waiting text={waitingForVerdict.before} rule={verdictRule(1)} />
      ) : !isSaid ? (
        <Waiting
          {...(isEarly ? { text: waitingForVerdict.during, rule: verdictRule(1) } : { text: silence, rule })}
        />
      ) : (
        phase === 'ended' &&
        silence !== '' && (
          <p className="verdict-caveat">
            <MarkedText text={silence} />
          </p>
        )
      )}
      <SeedsLeft />
    </div>
  );
}

function Waiting({ text, rule }: { text: string; rule: string | null }) {
  return (
    <>
      <p className="verdict-waiting">
        <MarkedText text={text} />
      </p>
      {rule !== null && (
        <p className="verdict-rule">
          <MarkedText text={rule} />
        </p>
      )}
    </>
  );
}

/** While other seeds follow by themselves. */
function SeedsLeft() {
  const left = useAppState((state) => state.training.repeats);
  return left > 0 ? <p className="verdict-caveat">{runWords.seedsLeft(left)}</p> : null;
}
