import { ViewSwitch } from '../../app/inside/ViewSwitch.tsx';
import type { ReactNode } from 'react';
import type { LookedAt } from '../../app/inside/view.ts';
import { landscape as words } from './enLandscape.ts';
import { grids, imageCounts, radii, type LandscapeQuestion } from './landscape.ts';
import { canGoBetween, furtherSteps, momentSteps } from './netsOfQuestion.ts';

interface Props {
  readonly question: LandscapeQuestion;
  readonly change: (question: LandscapeQuestion) => void;
  readonly nets: readonly LookedAt[];
}

/** What is computed, of what size, and how it is drawn. */
export function LandscapeSettings({ question, change, nets }: Props) {
  const { kind, grid } = question;
  const set = (patch: Partial<LandscapeQuestion>) => change({ ...question, ...patch });
  return (
    <>
      <ViewSwitch
        legend={words.kind}
        values={keysOf(words.kinds)}
        chosen={kind}
        label={(next) => words.kinds[next]}
        choose={(next) => set({ kind: next })}
      />
      {kind !== 'line' && (
        <ViewSwitch
          legend={words.draw}
          values={keysOf(words.draws)}
          chosen={question.draw}
          label={(draw) => words.draws[draw]}
          choose={(draw) => set({ draw })}
        />
      )}
      {kind !== 'line' && question.draw === 'surface' && (
        <Labelled name={words.turn}>
          <input
            type="range"
            min={0}
            max={355}
            step={5}
            value={question.turn}
            aria-valuetext={words.degrees(question.turn)}
            onChange={({ target }) => set({ turn: Number(target.value) })}
          />
        </Labelled>
      )}
      {kind === 'line' && <FromWhere question={question} nets={nets} set={set} />}
      <Choice
        name={words.grid}
        value={grid}
        options={grids}
        text={kind === 'line' ? words.points : words.square}
        change={(next) => set({ grid: next })}
      />
      <Choice
        name={words.images}
        value={question.images}
        options={imageCounts}
        text={String}
        change={(images) => set({ images })}
      />
      {kind === 'plane' && (
        <>
          <Choice
            name={words.radius}
            value={question.radius}
            options={radii}
            text={String}
            change={(radius) => set({ radius })}
          />
          <Labelled name={words.seed}>
            <input
              type="number"
              min={0}
              max={999_999}
              value={question.seed}
              onChange={({ target }) => {
                if (target.value !== '' && target.validity.valid) set({ seed: Number(target.value) });
              }}
            />
          </Labelled>
        </>
      )}
    </>
  );
}

/** From where a line goes: from net to net, or from a kept moment. */
function FromWhere({
  question,
  nets,
  set,
}: {
  readonly question: LandscapeQuestion;
  readonly nets: readonly LookedAt[];
  readonly set: (patch: Partial<LandscapeQuestion>) => void;
}) {
  const [first] = nets;
  const steps = first ? momentSteps(first) : [];
  return (
    <Labelled name={words.line}>
      <select
        value={first ? (furtherSteps(question, first)[0] ?? '') : ''}
        onChange={({ target }) => set({ step: target.value === '' ? null : Number(target.value) })}
      >
        <option value="" disabled={!canGoBetween(nets)}>
          {words.betweenNets}
        </option>
        {steps.map((step) => (
          <option key={step} value={step}>
            {words.betweenMoments(step)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

const keysOf = <K extends string>(record: Readonly<Record<K, string>>) => Object.keys(record) as K[];

function Choice<N extends number>({
  name,
  value,
  options,
  text,
  change,
}: {
  readonly name: string;
  readonly value: N;
  readonly options: readonly N[];
  readonly text: (option: N) => string;
  readonly change: (next: N) => void;
}) {
  return (
    <Labelled name={name}>
      <select
        value={value}
        onChange={({ target }) => {
          const next = options.find((option) => String(option) === target.value);
          if (next !== undefined) change(next);
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {text(option)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

const Labelled = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <label className="view-setting">
    <span>{name}</span> {children}
  </label>
);
