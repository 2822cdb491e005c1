import { useEffect, useId, useState } from 'react';
import { BranchError, branchFault, branchNotes } from '../../model/branch.ts';
import type { CheckpointState } from '../../model/checkpoint.ts';
import { ConfigError, parseRun, type RunConfig } from '../../model/config.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import type { Moment } from '../state/keeping.ts';
import { readNumber } from '../state/readDraft.ts';
import type { Run } from '../state/run.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { SelectField, TextField } from '../ui/Field.tsx';
import { sentence } from '../ui/format.ts';
import { branchOf, firstChoice, firstValue, type ChosenChange } from './branchChanges.ts';
import { branch as words, branchFaultText, branchName, noteText } from './enBranch.ts';

/** What is changed at a moment, what of the net that leaves as it was, and the button. */
export function BranchForm({ run, moment }: { readonly run: Run; readonly moment: Moment }) {
  const { config } = run;
  return config && <Form run={run} parent={config} moment={moment} />;
}

function Form({ run, parent, moment }: { run: Run; parent: RunConfig; moment: Moment }) {
  const app = useApp();
  const id = useId();
  const live = useAppState(({ training }) => isLive(phaseOf(training)));
  const { state, unread } = useMomentState(run.id, moment.step);
  const [choice, setChoice] = useState<ChosenChange>(() => firstChoice(parent, moment.step));
  const [typed, setTyped] = useState({ value: '', steps: String(choice.steps) });
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const value = typed.value === '' ? choice.value : (readNumber(typed.value) ?? NaN);
  const steps = readNumber(typed.steps) ?? NaN;
  const { config, isLonger } = branchOf(parent, { ...choice, value, steps });
  const fault = faultOf(config, state);
  const notes = state && !fault ? branchNotes(state, config) : [];
  const { kind } = choice;
  const go = async () => {
    if (busy || live || fault !== null || !state) return;
    setBusy(true);
    setFailure(null);
    try {
      if (isLonger && moment.step === run.step) await app.trainOn(run.id, steps);
      else await app.branchRun(run.id, moment.step, config, branchName(run.name, moment.step, kind, config));
    } catch (error) {
      setFailure(error instanceof BranchError ? branchFaultText(error.fault) : messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="branch-form"
      aria-labelledby={`${id}-heading`}
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <h3 id={`${id}-heading`}>{words.heading}</h3>
      <p className="field-hint">{words.text}</p>
      <SelectField
        id={`${id}-change`}
        label={words.change}
        value={kind}
        options={words.changes(parent)}
        onChange={(next) => {
          setChoice({ ...choice, kind: next, value: firstValue(next, parent) });
          setTyped({ ...typed, value: '' });
        }}
      />
      {(kind === 'rate' || kind === 'batch' || kind === 'order') && (
        <TextField
          id={`${id}-value`}
          label={words.value[kind]}
          value={typed.value === '' ? String(choice.value) : typed.value}
          onChange={(text) => setTyped({ ...typed, value: text })}
        />
      )}
      {kind === 'optimizer' && (
        <SelectField
          id={`${id}-optimizer`}
          label={words.optimizer}
          value={choice.optimizer}
          options={words.optimizers}
          onChange={(optimizer) => setChoice({ ...choice, optimizer })}
        />
      )}
      {parent.steps !== undefined && (
        <TextField
          id={`${id}-steps`}
          label={words.steps}
          value={typed.steps}
          onChange={(text) => setTyped({ ...typed, steps: text })}
        />
      )}
      <div role="status" className="branch-notes">
        {unread !== null && <p className="field-fault">{words.unread(unread)}</p>}
        {fault !== null && <p className="field-fault">{fault}</p>}
        {failure !== null && <p className="field-fault">{failure}</p>}
        {live && <p className="field-hint">{words.waits}</p>}
        {fault === null && kind === 'none' && !isLonger && <p className="field-hint">{words.equal}</p>}
        {notes.map((note) => (
          <p key={note.kind} className="field-hint">
            {noteText(note)}
          </p>
        ))}
      </div>
      <button
        type="submit"
        className="button-large"
        data-focus-next=".go .button-main"
        aria-disabled={busy || live || fault !== null || state === null}
      >
        {isLonger && moment.step === run.step ? words.longer : words.go}
      </button>
    </form>
  );
}

/** What is wrong with the configuration, or with going on as it; null if nothing is. */
function faultOf(config: RunConfig, state: CheckpointState | null): string | null {
  try {
    const sound = parseRun(config);
    const fault = state && branchFault(state, sound);
    return fault && branchFaultText(fault);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return sentence(error.faults[0]?.message ?? error.message);
  }
}

/** Null until it is read. */
function useMomentState(run: string, step: number) {
  const { momentState } = useApp();
  const [read, setRead] = useState<{ state: CheckpointState | null; unread: string | null }>({
    state: null,
    unread: null,
  });
  useEffect(() => {
    let isStale = false;
    momentState(run, step).then(
      (state) => isStale || setRead({ state, unread: null }),
      (error: unknown) => isStale || setRead({ state: null, unread: messageOf(error) }),
    );
    return () => {
      isStale = true;
    };
  }, [momentState, run, step]);
  return read;
}

const messageOf = (error: unknown): string =>
  sentence(error instanceof Error ? error.message : String(error));
