import { useAppState } from '../../state/hooks/AppContext.ts';
import { readDraft } from '../../state/readDraft.ts';
import { againstPaper, settings as words } from './enSettings.ts';
import { shrunk } from './shrunk.ts';

/** All settings in one line, and the button of the drawer that holds them. */
export function SettingsLine({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const { experiment } = useAppState((state) => readDraft(state.draft));
  const smaller = experiment && shrunk(experiment);
  return (
    <p className="settings-line">
      <span>{experiment && (smaller ? `${againstPaper.lead} ${smaller}.` : againstPaper.same)}</span>
      <button
        type="button"
        className="button-small"
        aria-expanded={open}
        aria-controls={open ? 'settings' : undefined}
        onClick={onToggle}
      >
        {words.open}
      </button>
    </p>
  );
}
