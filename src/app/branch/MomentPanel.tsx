import { useEffect, useId, useMemo, useRef } from 'react';
import { allRuns } from '../runs/allRuns.ts';
import { totalSteps } from '../runs/progress.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import type { Moment } from '../state/keeping.ts';
import { momentNear } from '../state/momentNear.ts';
import type { Run } from '../state/run.ts';
import { BranchForm } from './BranchForm.tsx';
import { moment as words } from './enBranch.ts';
import { factsAt } from './factsAt.ts';

const none: readonly Moment[] = [];

/** A run at one of its kept moments: what its numbers were, and the way on from there. */
export function MomentPanel({ id, step }: { readonly id: string; readonly step: number }) {
  const app = useApp();
  const moments = useAppState((state) => state.moments.get(id) ?? none);
  const run = useAppState((state) => allRuns(state).find((one) => one.id === id));
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();
  useEffect(() => heading.current?.focus(), [id]);
  if (!run) return null;
  const nearest = momentNear(moments, step);
  return (
    <section
      className="moment"
      aria-labelledby={headingId}
      onKeyDown={(event) => {
        if (event.key === 'Escape') app.openDrawer(null);
      }}
    >
      <div className="lane-editor-head">
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          {words.heading(run.name)}
        </h2>
        <button
          type="button"
          className="button-small"
          data-focus-next=".lanes button"
          onClick={() => app.openDrawer(null)}
        >
          {words.close}
        </button>
      </div>
      {!nearest ? (
        <p className="field-hint">{words.none}</p>
      ) : (
        <>
          <MomentSlider run={run} moments={moments} at={nearest} />
          <Facts run={run} step={nearest.step} />
          {/* Another moment is another state to ask for. */}
          <BranchForm key={nearest.step} run={run} moment={nearest} />
          <p className="field-hint">
            {words.intro}{' '}
            {words.kept(
              moments.length,
              moments.reduce((sum, { bytes }) => sum + bytes, 0),
            )}
          </p>
        </>
      )}
    </section>
  );
}

/** Goes from moment to moment; the chart shows where. */
function MomentSlider({ run, moments, at }: { run: Run; moments: readonly Moment[]; at: Moment }) {
  const app = useApp();
  const id = useId();
  const text = words.after(at.step, totalSteps(run.config));
  return (
    <div className="moment-slider">
      <label htmlFor={id}>
        {words.slider}: <b>{text}</b>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={moments.length - 1}
        value={moments.indexOf(at)}
        aria-valuetext={text}
        onChange={({ target }) => {
          const chosen = moments[Number(target.value)];
          if (chosen) app.openDrawer({ kind: 'moment', run: run.id, step: chosen.step });
        }}
      />
    </div>
  );
}

function Facts({ run, step }: { run: Run; step: number }) {
  const facts = useMemo(() => factsAt(run, step), [run, step]);
  const { training, test, loss, rate, epoch } = facts;
  const rows: readonly (readonly [string, string])[] = [
    [words.facts.training, training === null ? words.facts.unknown : words.percent(training)],
    [
      words.facts.test,
      test ? `${words.percent(test.error)} ${words.facts.at(test.step)}` : words.facts.unknown,
    ],
    [words.facts.loss, loss === null ? words.facts.unknown : words.number(loss)],
    [words.facts.rate, rate === null ? words.facts.unknown : words.number(rate)],
    [words.facts.epoch, words.number(epoch)],
  ];
  return (
    <dl className="moment-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
