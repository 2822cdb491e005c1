import { trainedHere } from '../savedRuns.ts';
import type { Run } from '../../state/run.ts';
import { fileNames } from './fileNames.ts';
import { appBuild } from './appBuild.ts';
import { runsToCsv } from './runsCsv.ts';
import { runsToJson } from './runsJson.ts';
import { momentOf, saveFile } from '../../ui/saveFile.ts';
import type { App } from '../../state/App.ts';

/** Saves runs as a file, by default all that were trained here, and remembers that they are safe. Returns the file's name. */
export function saveRuns(
  { store, markSaved }: Pick<App, 'store' | 'markSaved'>,
  kind: 'csv' | 'json',
  event: { readonly timeStamp: number },
  chosen?: readonly Run[],
): string {
  const { archive, training, device } = store.getState();
  const runs = chosen ?? trainedHere({ archive, training });
  const name = fileNames[kind];
  if (kind === 'csv') saveFile(runsToCsv(runs), 'text/csv', name);
  else {
    const whole = {
      exported: momentOf(event),
      app: appBuild,
      device: device.kind === 'found' ? device.choice : null,
      // What all of them belong to, if they belong to one.
      experiment: chosen || archive.kept.length > 0 ? null : training.experiment,
      runs,
    };
    saveFile(runsToJson(whole), 'application/json', name);
  }
  markSaved(runs);
  return name;
}
