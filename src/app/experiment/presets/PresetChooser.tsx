import { useMemo, useState } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { WatchRecorded } from '../../runs/WatchRecorded.tsx';
import { sizesOf } from '../../../model/sizes.ts';
import type { ExperimentConfig } from '../../../model/config.ts';
import { fitToTime, leastForTheClaim, presetForTime, type Fit } from '../../../model/fit.ts';
import { recordedPresets } from '../../../model/recordedPresets.ts';
import { stepsNeeded } from '../../../model/presetSizes.ts';
import { CLASS_SECONDS, classroomExperiment, presets, type Preset } from '../../../model/presets.ts';
import { isAlike, memory, roughDuration, stepTime, wholeTime } from '../costFormats.ts';
import { questions, experiment as words } from '../enExperiment.ts';
import { chooser, presetWords, times } from './enPresets.ts';
import { tried as triedWords } from './enTried.ts';
import { presetNets, presetTried } from './triedTexts.ts';
import { shrunk } from '../form/shrunk.ts';
import { list } from '../../ui/format.ts';
import { Unbroken } from '../../ui/Unbroken.tsx';
import { isLive, phaseOf } from '../../state/training.ts';
import { useExperiment, useMemoryFacts } from '../useExperiment.ts';

/** Steps below which a short run may show nothing. */
const FEW = 150;
const HOUR = 3600;

let lastTime: number = CLASS_SECONDS;

/** All presets as questions, each at the size that the wanted time allows on this device. */
export function PresetChooser({ onChosen }: { onChosen: () => void }) {
  const app = useApp();
  const [seconds, setSeconds] = useState(lastTime);
  const locked = useAppState((state) => isLive(phaseOf(state.training)));
  const speed = useAppState((state) => state.speed);
  const device = useAppState((state) => state.device);
  const facts = useExperiment();

  const measured = speed.kind === 'measured' ? speed.speed : null;
  const isGpu = device.kind === 'found' && !device.choice.software;
  const forms = useMemo(
    () =>
      presets.map((preset): Form => {
        if (measured) {
          const fit = presetForTime(preset, seconds, measured);
          const least = fit.comesOut === false ? leastForTheClaim(preset, measured) : null;
          // A size that shows it, and takes as long as was wanted, as far as one can tell, is the one to take.
          if (least && (least.cost.seconds <= seconds || isAlike(least.cost.seconds, seconds))) {
            return { ...least, least: null };
          }
          return { ...fit, least };
        }
        return { experiment: classroomExperiment(preset, isGpu ? 'gpu' : 'cpu') };
      }),
    [measured, seconds, isGpu],
  );
  const own = facts?.experiment;
  const ownPreset = facts?.preset;
  const fitted = useMemo(
    () =>
      own && measured ? fitToTime(own, seconds, measured, ownPreset ? stepsNeeded(ownPreset.id) : []) : null,
    [own, ownPreset, measured, seconds],
  );

  function use(experiment: ExperimentConfig, takes = seconds): void {
    app.replaceExperiment(experiment, takes);
    onChosen();
  }

  return (
    <>
      <fieldset className="times" disabled={!measured}>
        <legend>{chooser.time}</legend>
        {[...times].map(([time, label]) => (
          <label key={label}>
            <input
              type="radio"
              name="time"
              checked={time === seconds}
              onChange={() => {
                lastTime = time;
                setSeconds(time);
              }}
            />
            {label}
          </label>
        ))}
      </fieldset>
      {!measured && <p className="note">{chooser.unmeasured}</p>}
      {locked && <p className="note">{chooser.locked}</p>}
      <ul>
        {presets.map((preset, i) => (
          <PresetItem
            key={preset.id}
            preset={preset}
            form={forms[i]!}
            seconds={seconds}
            current={facts?.preset?.id === preset.id}
            locked={locked}
            onUse={() => use(forms[i]!.experiment)}
            onUseLeast={({ experiment, cost }) => use(experiment, cost.seconds)}
            onSee={onChosen}
          />
        ))}
        <li>
          <div>
            <h3>{chooser.fitHeading}</h3>
            <p>{own ? chooser.fitText : chooser.fitFault}</p>
            {fitted && (
              <dl>
                <Here form={fitted} seconds={seconds} />
              </dl>
            )}
          </div>
          <button type="button" disabled={locked || !fitted} onClick={() => fitted && use(fitted.experiment)}>
            {chooser.fit}
          </button>
        </li>
      </ul>
    </>
  );
}

/** A preset at a size, with its cost where that is known. */
type Form = Pick<Fit, 'experiment'> & Partial<Fit> & { readonly least?: Fit | null };

interface ItemProps {
  readonly preset: Preset;
  readonly form: Form;
  readonly seconds: number;
  readonly current: boolean;
  readonly locked: boolean;
  readonly onUse: () => void;
  readonly onUseLeast: (least: Fit) => void;
  /** Called before the recorded runs are shown. */
  readonly onSee: () => void;
}

function PresetItem({ preset, form, seconds, current, locked, onUse, onUseLeast, onSee }: ItemProps) {
  const text = presetWords[preset.id];
  return (
    <li data-preset={preset.id}>
      <div>
        <h3>
          <Unbroken text={questions[preset.id]} />
          {current && <span className="tag">{chooser.current}</span>}
        </h3>
        <p>
          <Unbroken text={text.expected} />
        </p>
        <dl>
          <dt>{chooser.nets}</dt>
          <dd>
            <Unbroken text={netsText(preset)} />
          </dd>
          <dt>{chooser.paper}</dt>
          <dd>{text.paper}</dd>
          <Here form={form} seconds={preset.whole ? Infinity : seconds} />
          <dt>{triedWords.term}</dt>
          <dd>
            <Unbroken text={presetTried(preset)} />
          </dd>
        </dl>
        {form.least && (
          <p className="presets-least">
            {chooser.notInTime(
              times.get(seconds) ?? roughDuration(seconds),
              wholeTime(form.least.cost.seconds),
            )}
            <button
              type="button"
              className="button-small"
              disabled={locked}
              onClick={() => onUseLeast(form.least!)}
            >
              {words.takeTime(wholeTime(form.least.cost.seconds))}
            </button>
            {recordedPresets.has(preset.id) && <WatchRecorded preset={preset.id} onPress={onSee} />}
          </p>
        )}
      </div>
      <button
        type="button"
        aria-label={chooser.useLabel(questions[preset.id])}
        disabled={locked}
        onClick={onUse}
      >
        {chooser.use}
      </button>
    </li>
  );
}

/** What was shrunk, what it takes on this device, and what to beware of. */
function Here({ form: { experiment, cost, fits }, seconds }: { form: Form; seconds: number }) {
  const bytes = sizesOf(experiment).map((size) => size.bytes);
  const { unfit, isTight } = useMemoryFacts(experiment);
  const total = memory(bytes.reduce((sum, one) => sum + one, 0));
  const facts = [
    shrunk(experiment) ?? chooser.whole,
    experiment.recipe.evaluation.atEnd ? null : chooser.finalTest,
    cost ? `${words.about(roughDuration(cost.seconds))}, ${stepTime(cost.stepSeconds)} a step` : null,
    total,
  ];
  const isLong = cost !== undefined && cost.seconds > HOUR;
  const steps = cost?.steps ?? Infinity;
  return (
    <>
      <dt>{chooser.here}</dt>
      <dd>
        {facts.filter((fact) => fact !== null).join('; ')}
        {fits === false && <em>{chooser.tooShort(times.get(seconds) ?? roughDuration(seconds), steps)}</em>}
        {fits !== false && steps < FEW && <em>{chooser.tooFew(steps)}</em>}
        {isLong && <em>{chooser.long}</em>}
        {unfit.length > 0 ? <em>{words.cannotHold}</em> : isTight && <em>{words.tight}</em>}
      </dd>
    </>
  );
}

/** Names with commas in them are told apart by semicolons. */
function netsText(preset: Preset): string {
  const names = [...presetNets(preset).values()];
  return names.some((name) => name.includes(',')) ? names.join('; ') : list(names);
}
