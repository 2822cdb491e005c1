import { theme as words } from './enTheme.ts';
import { Icon } from './Icon.tsx';
import { themes, type Theme } from '../state/AppState.ts';

export function ThemeSwitch({ theme, onChange }: { theme: Theme; onChange: (theme: Theme) => void }) {
  return (
    <div className="segments" role="radiogroup" aria-label={words.label}>
      {themes.map((option) => (
        <label key={option} title={words.names[option]}>
          <input type="radio" name="theme" checked={theme === option} onChange={() => onChange(option)} />
          <span className="visually-hidden">{words.names[option]}</span>
          <Icon name={option} />
        </label>
      ))}
    </div>
  );
}
