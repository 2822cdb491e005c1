import { useEffect, useId, useMemo } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { sameItems } from '../state/sameItems.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { isSavingData, whenIdle } from '../ui/parts/fetchAhead.ts';
import { PartOf } from '../ui/parts/PartOf.tsx';
import { LaneMark } from '../ui/Marker.tsx';
import { inside as words } from './enInside.ts';
import { momentNear } from '../state/momentNear.ts';
import {
  chosenNets,
  isTrained,
  keyOf,
  missingNets,
  netsToLookAt,
  stepsToLookAt,
  type NetToLookAt,
} from './netsToLookAt.ts';
import { supplied } from './supplied/enSupplied.ts';
import { SuppliedChoice, SuppliedOffer } from './supplied/SuppliedOffer.tsx';
import { isSuppliedId } from './supplied/suppliedNets.ts';
import type { AnyView } from './view.ts';
import { ViewFrame } from './ViewFrame.tsx';
import { useViewLink } from './viewLink.ts';
import { ViewStrip } from './ViewStrip.tsx';
import { views } from './views.ts';

/** Views into the nets: which view, of which nets, at which moment, and the view. */
export function InsidePanel() {
  const app = useApp();
  const { view: shown, given, fault } = useAppState(({ inside }) => inside);
  useViewLink();
  useEffect(() => {
    // The first view needs no device, most others do.
    if (!isSavingData()) whenIdle(() => app.readyToLook());
  }, [app]);
  const known = views.find(({ id }) => id === shown);
  const view = known ?? views[0];
  // What a link says of it is being read.
  if (!view || given !== null) return null;
  return (
    <section className="inside" aria-label={words.views}>
      {fault !== null && (
        <p role="alert" className="fault">
          {words.damaged(fault)}
        </p>
      )}
      {!known && (
        <p role="alert" className="fault">
          {words.noView}
        </p>
      )}
      <ViewStrip chosen={view.id} choose={(id) => app.setInside({ view: id, fault: null })} />
      <PartOf
        key={view.id}
        name="inside"
        part={view.part}
        meanwhile={<p className="field-hint">{words.looking}</p>}
      >
        {(loaded) => <ViewOf view={loaded} />}
      </PartOf>
    </section>
  );
}

function ViewOf({ view }: { readonly view: AnyView }) {
  const every = useAppState(netsToLookAt, isSameNets);
  const { nets: chosen, step } = useAppState(({ inside }) => inside);
  const { least, most, takes, none = words.none } = view.nets;
  const all = useMemo(() => every.filter(({ model }) => takes?.(model) ?? true), [every, takes]);
  const nets = useMemo(() => chosenNets(all, chosen, most), [all, chosen, most]);
  // Those that come with the page may be on their way.
  const isListed = useAppState(({ inside }) => inside.supplied.kind === 'here');
  const missing = useMemo(
    () => missingNets(every, chosen?.filter((id) => isListed || !isSuppliedId(id)) ?? null),
    [every, chosen, isListed],
  );
  return (
    <div className="inside-view">
      <header>
        <h2>{view.words.question}</h2>
        <div className="inside-choices">
          <NetChoice all={all} nets={nets} most={most} />
          <MomentChoice nets={nets} step={step} />
          <LayerChosen />
        </div>
      </header>
      <SuppliedOffer isNothingTrained={!every.some(isTrained)} shown={nets.map(({ id }) => id)} />
      {missing > 0 && (
        <p role="status" className="field-hint">
          {words.noNets(missing)}
        </p>
      )}
      {nets.length < least ? (
        <p className="field-hint">{none}</p>
      ) : (
        <ViewFrame view={view} nets={nets} step={step} />
      )}
    </div>
  );
}

const ofNet = ({ id, name, style, model, step, isTraining, hasNow, moments, rate }: NetToLookAt) => [
  id,
  name,
  // The form makes them anew each time that it is read.
  JSON.stringify([style, model]),
  // While it trains it is looked into by the clock, not by the step.
  isTraining ? 'training' : step,
  hasNow,
  moments,
  rate === undefined,
];
const isSameNets = (a: readonly NetToLookAt[], b: readonly NetToLookAt[]) =>
  a === b || sameItems(a, b, (one, other) => one === other || sameItems(ofNet(one), ofNet(other)));

/** Which nets are looked at: the button says which, and opens the list of all. */
function NetChoice({
  all,
  nets,
  most,
}: {
  readonly all: readonly NetToLookAt[];
  readonly nets: readonly NetToLookAt[];
  readonly most: number;
}) {
  const app = useApp();
  const chosen = nets.map(keyOf);
  return (
    <details className="inside-nets">
      <summary>
        {words.nets}:{' '}
        {nets.map(({ id, style, name }) => (
          <span key={id} className="inside-net">
            <LaneMark style={style} /> {name}
          </span>
        ))}
      </summary>
      <fieldset>
        <legend>{words.choose}</legend>
        {all.map((net) => {
          const { id, name, style, from } = net;
          const key = keyOf(net);
          const isChosen = chosen.includes(key);
          return (
            <label key={id} className="field-check">
              <input
                type="checkbox"
                checked={isChosen}
                disabled={isChosen ? chosen.length === 1 : chosen.length >= most}
                onChange={() =>
                  app.setInside({
                    nets: isChosen ? chosen.filter((one) => one !== key) : [...chosen, key],
                  })
                }
              />
              <LaneMark style={style} /> {name}
              {from !== 'stage' && <i>{origins[from]}</i>}
            </label>
          );
        })}
        {chosen.length >= most && <p className="field-hint">{words.most(most)}</p>}
        <SuppliedChoice />
      </fieldset>
    </details>
  );
}

const origins = { kept: words.ofKept, form: words.ofForm, supplied: supplied.tag } as const;
/** The layer that is chosen in every view, and the way to choose none. */
function LayerChosen() {
  const app = useApp();
  const layer = useAppState(({ inside }) => inside.layer);
  if (layer === null) return null;
  return (
    <span className="inside-layer">
      {words.layer} <b>{layer}</b>
      <IconButton icon="remove" label={words.noLayer} onClick={() => app.setInside({ layer: null })} />
    </span>
  );
}

/** At which moment the nets are looked at: now, or along those that are kept. */
function MomentChoice({
  nets,
  step,
}: {
  readonly nets: readonly NetToLookAt[];
  readonly step: number | null;
}) {
  const app = useApp();
  const id = useId();
  const steps = useMemo(() => stepsToLookAt(nets), [nets]);
  if (steps.length < 2) return null;
  const at =
    step === null
      ? steps.length
      : Math.max(
          0,
          steps.findLastIndex((one) => one <= step),
        );
  const now = nets.some(({ hasNow }) => hasNow) ? words.atNow : words.atLast;
  const text = step === null ? now : words.at(steps[at] ?? step);
  const elsewhere =
    step === null
      ? []
      : nets.flatMap(({ name, moments }) => {
          const near = momentNear(moments, step);
          return near && near.step !== (steps[at] ?? step) ? [[name, near.step] as const] : [];
        });
  return (
    <div className="inside-moment">
      <label htmlFor={id}>
        {text}
        {elsewhere.length > 0 && ` (${words.nearest(elsewhere)})`}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={steps.length}
        value={at}
        aria-valuetext={text}
        onChange={({ target }) => app.setInside({ step: steps[Number(target.value)] ?? null })}
      />
    </div>
  );
}
