// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import type { AppState } from '../state/AppState.ts';
import { emptyArchive } from '../runs/runArchive.ts';
import { endRun, type Run, type RunEndReason } from '../state/run.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { knownParts } from '../ui/parts/part.ts';
import { SessionNotesPart } from './SessionNotesPart.tsx';

beforeAll(() => Promise.all(knownParts().map((part) => part.load())), 60_000);

const [run] = runsBefore as [Run];
const failure = { name: 'WorkerError', message: 'the worker is gone' };
const ended = (reason: RunEndReason) =>
  endRun(trained(run, [0.5]), { reason, divergedAt: reason === 'diverged' ? 1 : null, failure: null });
const moments = new Map([[run.id, [{ step: 1, why: 'ladder' as const, bytes: 4, evaluationDue: false }]]]);
const interrupted = { ...ended('interrupted'), step: 1 };

test.each<readonly [string, Partial<AppState>]>([
  ['nothing was done', {}],
  ['all is well', onStage(ended('completed'), trained(run, [0.5]))],
])('there is nothing while %s', (_, state) => {
  expect(mount(<SessionNotesPart />, state).container.innerHTML).toBe('');
});

// Each of what the notes are for has to have them come.
test.each<readonly [string, Partial<AppState>, RegExp]>([
  ['no device', { device: { kind: 'failed', failure } }, /the worker is gone/],
  ['a failure', onStage(endRun(run, { reason: 'error', divergedAt: null, failure })), /the worker is gone/],
  [
    'nothing is kept',
    {
      ...onStage(trained(run, [0.5])),
      keeping: { kind: 'off', fault: { kind: 'denied', detail: '' } },
    },
    /Nothing of this is being kept/,
  ],
  [
    'another tab',
    { archive: { ...emptyArchive, kept: [run] }, elsewhere: new Set([run.id]) },
    /trains in another tab/,
  ],
  ['interrupted', { archive: { ...emptyArchive, kept: [interrupted] }, moments }, /Continue from step 1/],
  ['interrupted, aside', { library: [interrupted], moments }, /Continue from step 1/],
  [
    'diverged',
    {
      ...onStage(ended('diverged')),
      moments: new Map([[run.id, [{ ...moments.get(run.id)![0]!, step: 0 }]]]),
    },
    /Go back to step 0/,
  ],
])('the report comes: %s', async (_, state, text) => {
  mount(<SessionNotesPart />, state);
  expect(await screen.findByText(text)).toBeTruthy();
});
