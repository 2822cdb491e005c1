import { useMemo, useRef, useState, type ReactNode } from 'react';
import { TextWithTerms } from '../ui/glossary/TextWithTerms.tsx';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { inside as words } from './enInside.ts';
import { LayerContext } from './layerChoice.ts';
import type { NetToLookAt } from './netsToLookAt.ts';
import { SaveView } from './SaveView.tsx';
import { useLook } from './useLook.ts';
import { withTerms } from './withTerms.ts';
import type { AnsweredView, AnyView, AskedView, ViewTable } from './view.ts';

interface Props {
  readonly view: AnyView;
  readonly nets: readonly NetToLookAt[];
  readonly step: number | null;
}

/** A view of some nets: its settings, its cost, its drawing as it comes, what it shows and does not, and its numbers. */
export function ViewFrame({ view, nets, step }: Props) {
  const app = useApp();
  const { questions, picture, layer } = useAppState(({ inside }) => inside);
  const given = questions[view.id] ?? noChange;
  const read = useMemo(() => view.with(given, picture, layer), [view, given, picture, layer]);
  const asked = useMemo(() => read ?? view.with(noChange, picture), [read, view, picture]);
  const choice = useMemo(
    () => ({ layer, choose: (chosen: string | null) => app.setInside({ layer: chosen }) }),
    [app, layer],
  );
  if (!asked) throw new Error(`${view.id} does not know its own question`);
  const settings = asked.settings(
    ({ question, ...chosen }) =>
      app.setInside({ questions: { ...questions, [view.id]: question }, ...chosen }),
    nets,
  );
  const parts = { view, asked, nets, settings };
  const { shows, doesNot, terms } = view.words;
  const shown = withTerms(shows, terms);
  // What a term means is asked where it stands first.
  const others = terms.filter(
    ([, word]) => !shown.some((part) => typeof part !== 'string' && part.text === word),
  );
  return (
    <LayerContext value={choice}>
      {read === null && (
        <p role="alert" className="fault">
          {words.otherQuestion}
        </p>
      )}
      {asked.here ? <Here {...parts} here={asked.here} /> : <Looked {...parts} step={step} />}
      <dl className="view-honest">
        <dt>{words.shows}</dt>
        <dd>
          <TextWithTerms text={shown} />
        </dd>
        <dt>{words.doesNot}</dt>
        <dd>
          <TextWithTerms text={withTerms(doesNot, others)} />
        </dd>
      </dl>
      <p className="field-hint">{view.words.source}</p>
    </LayerContext>
  );
}

/** Of a question that is as it is at first. */
const noChange: Readonly<Record<string, unknown>> = {};

interface Parts {
  readonly view: AnyView;
  readonly asked: AskedView;
  readonly nets: readonly NetToLookAt[];
  readonly settings: ReactNode;
}

/** What follows from the nets' graphs is there at once. */
function Here({
  view,
  asked,
  nets,
  settings,
  here,
}: Parts & { readonly here: NonNullable<AskedView['here']> }) {
  const answered = useMemo(() => asked.answered(nets, here(nets)), [asked, nets, here]);
  return (
    <>
      <div className="view-tools">{settings}</div>
      <AnswerOf view={view} nets={nets} answered={answered} />
    </>
  );
}

function Looked({ view, asked, nets, settings, step }: Parts & { readonly step: number | null }) {
  const cost = asked.cost(nets);
  const { looked, look, cancel } = useLook({
    view: view.id,
    question: asked.asks,
    nets,
    step,
    atOnce: cost === null,
    isLive: view.isLive,
    further: asked.further,
    joined: asked.joined,
  });
  const { shown, state, progress, why } = looked;
  const answered = useMemo(() => (shown ? asked.answered(shown.nets, shown.answer) : null), [asked, shown]);
  return (
    <>
      <div className="view-tools">
        {settings}
        {state === 'looking' ? (
          <>
            <progress
              aria-label={words.looking}
              {...(progress && { value: progress.done, max: progress.total })}
            />
            <span className="field-hint">
              {progress ? words.progress(progress.done, progress.total, progress.left) : words.looking}
            </span>
            <button type="button" className="button-small" onClick={cancel}>
              {words.cancel}
            </button>
          </>
        ) : (
          (cost !== null || state === 'failed') && (
            <>
              <button type="button" className="button-small" onClick={look}>
                {state === 'there' ? words.again : words.look}
              </button>
              {state === 'none' && cost !== null && <span className="field-hint">{cost}</span>}
            </>
          )
        )}
      </div>
      {why !== null && (
        <p role="alert" className="fault">
          {words.failed(why)}
        </p>
      )}
      {answered && <AnswerOf view={view} nets={shown?.nets ?? nets} answered={answered} />}
    </>
  );
}

function AnswerOf({
  view,
  nets,
  answered,
}: {
  readonly view: AnyView;
  readonly nets: readonly NetToLookAt[];
  readonly answered: AnsweredView;
}) {
  const drawing = useRef<HTMLDivElement>(null);
  const [isTableOpen, openTable] = useState(false);
  return (
    <>
      <p className="view-summary" role="status">
        {answered.summary}
      </p>
      <div className="view-drawing" ref={drawing}>
        {answered.drawing}
      </div>
      <SaveView
        view={view.id}
        name={view.words.name}
        title={view.words.question}
        summary={answered.summary}
        table={answered.table}
        nets={nets}
        picture={() => drawing.current?.querySelector<SVGSVGElement>('svg.view-picture') ?? null}
      />
      <details className="view-table" onToggle={({ currentTarget }) => openTable(currentTarget.open)}>
        <summary>{words.table}</summary>
        {isTableOpen && <TableOf {...answered.table} />}
      </details>
    </>
  );
}

/** Rows that stand on the page: more are for a program to read. */
const MOST_ROWS = 500;

function TableOf({ head, rows }: ViewTable) {
  return (
    <div className="view-table-scroll" tabIndex={0} role="region" aria-label={words.table}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, i) => (
            <tr key={i}>
              {row.map((cell, c) => (
                <td key={c}>{typeof cell === 'number' ? Number(cell.toPrecision(5)) : cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p className="field-hint">{words.firstRows(MOST_ROWS, rows.length)}</p>}
    </div>
  );
}
