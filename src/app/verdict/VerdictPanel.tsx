import { Fragment } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import { runs as runWords } from '../runs/enRuns.ts';
import { laneTextColor } from '../ui/Marker.tsx';
import type { Part } from './claimFacts.ts';
import { verdictRule, waitingForVerdict } from './enVerdict.ts';
import { useVerdict } from './VerdictProvider.tsx';

/**
 * The verdict in words. Its numbers change every 25 steps at most (src/insights/window.ts); what is read out has none, and changes
 * only when something else is claimed. Milestones are told apart from it (session/Milestones.tsx).
 */
export function VerdictPanel() {
  const { phase, found, texts } = useVerdict();
  const { claims, guessing, silence, rule } = texts;
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
      {claims.map(({ parts, caveat }, i) => (
        <Fragment key={i}>
          <p className={i === 0 ? 'verdict-headline' : 'verdict-more'}>
            <Parts parts={parts} />
          </p>
          {caveat !== null && <p className="verdict-caveat">{caveat}</p>}
        </Fragment>
      ))}
      {guessing !== null && (
        <p className={claims.length > 0 ? 'verdict-more' : 'verdict-headline'}>{guessing}</p>
      )}
      {phase === 'idle' ? (
        <Waiting text={waitingForVerdict.before} rule={verdictRule(1)} />
      ) : !isSaid ? (
        <Waiting
          {...(isEarly ? { text: waitingForVerdict.during, rule: verdictRule(1) } : { text: silence, rule })}
        />
      ) : (
        phase === 'ended' && silence !== '' && <p className="verdict-caveat">{silence}</p>
      )}
      <SeedsLeft />
    </div>
  );
}

function Waiting({ text, rule }: { text: string; rule: string | null }) {
  return (
    <>
      <p className="verdict-waiting">{text}</p>
      {rule !== null && <p className="verdict-rule">{rule}</p>}
    </>
  );
}

/** While other seeds follow by themselves. */
function SeedsLeft() {
  const left = useAppState((state) => state.training.repeats);
  return left > 0 ? <p className="verdict-caveat">{runWords.seedsLeft(left)}</p> : null;
}

function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, i) => {
    if (typeof part === 'string') return part;
    if ('name' in part) {
      return (
        <span key={i} className="lane-name">
          {part.name}
        </span>
      );
    }
    if ('stress' in part) return <em key={i}>{part.stress}</em>;
    return (
      <strong key={i} style={{ color: laneTextColor(part.run.style) }}>
        {part.number}
      </strong>
    );
  });
}
