import { useMemo } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { smooth } from '../../insights/smooth.ts';
import type { ModelConfig } from '../../model/config.ts';
import { buildGraph } from '../../model/graph.ts';
import { measureGraph } from '../../model/shapes.ts';
import { runStates } from '../runs/enRunStates.ts';
import { lanes as words } from './enLanes.ts';
import { percent } from '../ui/format.ts';
import type { LaneDraft } from '../state/draft.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { whyHeld } from '../state/training.ts';
import { isFinalEvaluation, secondsLeft, spentShare, totalSteps } from '../runs/progress.ts';
import { readModel } from '../state/readDraft.ts';
import type { Run } from '../state/run.ts';
import { weightsOf } from '../state/startWeights.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { LaneMark, laneColor } from '../ui/Marker.tsx';
import type { LaneStyle } from '../state/laneStyle.ts';

/** Few change a lane. */
const LaneEditor = lazyPart('LaneEditor', () =>
  import('./LaneEditor.tsx').then((module) => module.LaneEditor),
);

interface Props {
  readonly lane: LaneDraft;
  readonly name: string;
  readonly style: LaneStyle;
  /** Its present or last run. */
  readonly run: Run | null;
  /** The lane that this one waits for. */
  readonly heldBy: Run | null;
  readonly locked: boolean;
  /** Others train, and this lane may join them. */
  readonly joins: boolean;
  readonly only: boolean;
  readonly full: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onDuplicate: () => void;
}

export function LaneRow({ lane, name, style, run: lastRun, heldBy, locked, joins, ...rest }: Props) {
  const model = useMemo(() => readModel(lane), [lane]);
  const size = useMemo(() => (model ? measureGraph(buildGraph(model)) : null), [model]);
  const startFile = useAppState(({ startWeights }) =>
    model ? weightsOf(startWeights, { id: lane.id, model })?.file : undefined,
  );
  // A lane that was changed after its run is another net: the run's numbers are not its own.
  const run = lastRun && (locked || isSameNet(lastRun, model)) ? lastRun : null;
  const sizeText = size && words.size(size.parameters, size.multiplyAdds);

  return (
    <li className="lane" data-lane={lane.id} data-step={run?.step ?? 0} data-state={run?.state ?? 'idle'}>
      <LaneMark style={run?.style ?? style} />
      <b>{run?.name ?? name}</b>
      <em title={words.trainingError}>{run && <CurrentError run={run} />}</em>
      <span className="lane-text">{run ? statusText(run) : model ? words.kind(model) : words.unsound}</span>
      {startFile !== undefined && <span className="lane-text">{words.startsFrom(startFile)}</span>}
      <div className="lane-actions">
        {joins && <JoinButton lane={lane} name={name} sound={model !== null} />}
        {locked ? (
          run && <RunActions run={run} full={rest.full} onDuplicate={rest.onDuplicate} />
        ) : (
          <DraftActions lane={lane} name={name} {...rest} />
        )}
      </div>
      <span
        className="lane-text lane-size"
        title={size ? words.sizeExact(size.parameters, size.multiplyAdds) : undefined}
      >
        {(run && speedText(run, heldBy)) || sizeText}
      </span>
      {run && <LaneProgress run={run} />}
      {rest.open && (
        <div className="lane-editor" id={`editor-${lane.id}`}>
          <LaneEditor lane={lane} autoName={name} />
        </div>
      )}
    </li>
  );
}

function DraftActions({
  lane,
  name,
  only,
  full,
  open,
  onToggle,
  onDuplicate,
}: Omit<Props, 'style' | 'run' | 'heldBy' | 'locked' | 'joins'>) {
  const app = useApp();
  return (
    <>
      <IconButton
        icon="edit"
        label={words.edit(name)}
        aria-expanded={open}
        aria-controls={open ? `editor-${lane.id}` : undefined}
        onClick={onToggle}
      />
      <IconButton icon="duplicate" label={words.duplicate(name)} disabled={full} onClick={onDuplicate} />
      <IconButton
        icon="remove"
        label={words.remove(name)}
        disabled={only}
        {...(only && { title: words.lastLane })}
        onClick={() => app.removeLane(lane.id)}
      />
    </>
  );
}

function JoinButton({ lane, name, sound }: { lane: LaneDraft; name: string; sound: boolean }) {
  const app = useApp();
  return (
    <button
      type="button"
      className="button-small"
      title={words.joinHint}
      aria-label={words.joinNamed(name)}
      disabled={!sound}
      onClick={() => app.trainLane(lane.id)}
    >
      {words.join}
    </button>
  );
}

function RunActions({ run, full, onDuplicate }: { run: Run } & Pick<Props, 'full' | 'onDuplicate'>) {
  return (
    <>
      {run.state !== 'ended' && <PaceActions run={run} />}
      <IconButton icon="duplicate" label={words.duplicate(run.name)} disabled={full} onClick={onDuplicate} />
    </>
  );
}

function PaceActions({ run }: { run: Run }) {
  const app = useApp();
  return (
    <>
      {run.state === 'paused' ? (
        <IconButton icon="resume" label={words.resume(run.name)} onClick={() => app.resume(run.lane)} />
      ) : (
        <IconButton
          icon="pause"
          label={words.pause(run.name)}
          disabled={run.state === 'waiting' || run.state === 'queued'}
          onClick={() => app.pause(run.lane)}
        />
      )}
      <IconButton icon="stop" label={words.stop(run.name)} onClick={() => app.stop(run.lane)} />
    </>
  );
}

function LaneProgress({ run }: { run: Run }) {
  const share = 100 * spentShare(run);
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={words.progress(run.name)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share)}
    >
      <div style={{ width: `${share}%`, background: laneColor(run.style) }} />
    </div>
  );
}

function isSameNet(run: Run, model: ModelConfig | null): boolean {
  const ran = run.config?.model;
  return (
    ran !== undefined &&
    model !== null &&
    ran.depth === model.depth &&
    ran.block === model.block &&
    ran.shortcut === model.shortcut &&
    ran.width === model.width
  );
}

/** The training error, smoothed over the last steps: one batch alone jumps too much to be read. */
function CurrentError({ run }: { run: Run }) {
  const recent = smooth(run.error.values.subarray(-60), 0.9).at(-1);
  if (recent === undefined) return null;
  return (
    <>
      <small>{words.training}</small> {percent(recent)}
    </>
  );
}

function statusText(run: Run): string {
  if (run.end) {
    const text = runStates.ended(run.end.reason, run.step, run.end.divergedAt);
    const missed = run.missed.find(({ complete }) => complete) ?? run.missed.at(-1);
    const facts = [
      run.end.failure ? `${text}: ${run.end.failure.message}` : text,
      run.terminated ? words.terminated : '',
      missed ? words.missed(missed.step, missed.complete, missed.failure.message) : '',
    ].filter(Boolean);
    return facts.length === 1 ? facts.join('') : facts.map((fact) => fact.replace(/\.?$/, '.')).join(' ');
  }
  if (run.state === 'queued') return words.queued;
  const waits = run.state === 'waiting' && run.step === 0;
  if (waits && !run.stopping && run.silent === null) return words.waiting;
  const step = runStates.step(run.step, totalSteps(run.config));
  if (run.stopping) return `${step}, ${words.stopping}`;
  if (run.silent !== null) return `${step}, ${words.silent(run.silent)}`;
  if (run.state === 'paused') return `${step}, ${words.paused}`;
  return isFinalEvaluation(run) ? `${step}, ${words.finalEvaluation}` : step;
}

function speedText(run: Run, heldBy: Run | null): string {
  const complete = run.evaluations.find((evaluation) => evaluation.complete);
  if (complete && complete.error !== null) return words.finalTest(complete.error);
  if (run.state !== 'running') return '';
  if (heldBy) return words.held(heldBy.name, whyHeld(heldBy));
  const speed = run.imagesPerSecond.last;
  const rate = run.learningRate.last;
  const left = secondsLeft(run);
  return [
    speed === undefined ? null : words.speed(speed),
    rate === undefined ? null : words.rate(rate),
    left === null || isFinalEvaluation(run) ? null : words.left(left),
  ]
    .filter((part) => part !== null)
    .join(' \u00b7 ');
}
