import { useApp } from '../../state/hooks/AppContext.ts';
import type { Run } from '../../state/run.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import { MenuButton, type MenuItem } from '../../ui/MenuButton.tsx';
import { isElsewhere } from '../isElsewhere.ts';
import { runsTable as words } from './enRunsTable.ts';
import { useTable } from './tableContext.ts';

/** What can be done to a run. */
export function RunMenu({ run, isShown }: { run: Run; isShown: boolean }) {
  const app = useApp();
  const { goesOnFrom, onShow, onExpand } = useTable();
  const items = (): readonly MenuItem[] => {
    const state = app.store.getState();
    const from = goesOnFrom(state, run);
    const elsewhere = isElsewhere(run) ? words.elsewhere : undefined;
    return [
      ...(from === null
        ? []
        : [
            {
              id: 'continue',
              icon: 'resume' as const,
              label: words.goOn(from),
              why: isLive(phaseOf(state.training)) ? words.busy : undefined,
              onChoose: () => {
                app.goTo('lab');
                void app.continueRuns([run.id]);
              },
            },
          ]),
      {
        id: 'show',
        icon: isShown ? 'hidden' : 'eye',
        label: isShown ? words.hideOne : words.showOne,
        why: elsewhere,
        onChoose: () => (isShown ? app.setHidden([run.id], true) : onShow([run.id])),
      },
      { id: 'details', icon: 'edit', label: words.editDetails, onChoose: () => onExpand(run.id, true) },
      {
        id: 'delete',
        icon: 'remove',
        label: words.remove,
        why: elsewhere ?? (run.state === 'ended' ? undefined : words.trainsStill),
        onChoose: () => app.deleteRuns([run.id]),
      },
    ];
  };
  return <MenuButton label={words.actions(run.name)} items={items} />;
}
