import { useState } from 'react';
import { INTERVAL } from '../../insights/window.ts';
import { useAppState } from '../state/hooks/AppContext.ts';
import { runs as runWords } from '../runs/enRuns.ts';
import { verdictRule, waitingForVerdict } from './enVerdict.ts';
import { ClaimTexts } from './ClaimTexts.tsx';
import { hear, nothingHeard } from './heard.ts';
import { MarkedText } from './MarkedText.tsx';
import { useVerdict } from './VerdictProvider.tsx';

/**
 * The verdict in words. Its numbers change every 25 steps at most (src/insights/window.ts); what is read out has none, and changes
 * only when something else is claimed and stays (heard.ts). Milestones are told apart from it (session/Milestones.tsx).
 */
export function VerdictPanel() {
  const { phase, found, texts } = useVerdict();
  const announcement = useAnnouncement();
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
        {announcement}
      </p>
      {lead !== null && (
        <p className="verdict-headline">
          <MarkedText text={lead} />
        </p>
      )}
      <ClaimTexts claims={claims} leads={lead === null} />
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

/** What is read out, which stays as long as what comes and goes is noise. */
function useAnnouncement(): string {
  const { phase, runs, texts } = useVerdict();
  const [heard, setHeard] = useState(nothingHeard);
  const next = hear(heard, {
    of: runs.map(({ id }) => id).join(' '),
    text: texts.announcement,
    claims: texts.announced,
    window: Math.floor(Math.max(0, ...runs.map(({ step }) => step)) / INTERVAL),
    isOver: phase === 'ended',
  });
  if (next !== heard) setHeard(next);
  return next.text;
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
