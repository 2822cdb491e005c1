import { useAppState } from '../../state/hooks/AppContext.ts';
import { readDraft } from '../../state/readDraft.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import { roughDuration } from '../costFormats.ts';
import { experiment as experimentWords } from '../enExperiment.ts';
import { useTwinsForecast } from '../useTwinsForecast.ts';
import { againstPaper, settings as words } from './enSettings.ts';
import { shrunk } from './shrunk.ts';

/** All settings in one line, and the button of the drawer that holds them. */
export function SettingsLine({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const { experiment } = useAppState((state) => readDraft(state.draft));
  const smaller = experiment && shrunk(experiment);
  return (
    <p className="settings-line">
      <span>
        {experiment && (smaller ? `${againstPaper.lead} ${smaller}.` : againstPaper.same)} <TwinsForecast />
      </span>
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

/** While it trains: what twins, which could be added at once, would hardly show. Afterwards it stands beside what adds them. */
function TwinsForecast() {
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const forecast = useTwinsForecast();
  if (!live || !forecast) return null;
  return experimentWords.twinsTooSmall(forecast.seconds === null ? null : roughDuration(forecast.seconds));
}
