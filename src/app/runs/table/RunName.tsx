import { useState } from 'react';
import { useApp } from '../../state/hooks/AppContext.ts';
import { runsTable as words } from './enRunsTable.ts';

/** The name, which becomes a field when it is pressed. Enter keeps what was written, Escape the old name. */
export function RunName({ id, name, isFixed }: { id: string; name: string; isFixed: boolean }) {
  const app = useApp();
  const [written, setWritten] = useState<string | null>(null);
  if (written === null) {
    return (
      <button
        type="button"
        className="runs-name"
        title={isFixed ? `${name}. ${words.elsewhere}` : words.renameHint(name)}
        aria-label={words.rename(name)}
        disabled={isFixed}
        onClick={() => setWritten(name)}
      >
        {name}
      </button>
    );
  }
  const end = () => {
    app.renameRun(id, written);
    setWritten(null);
  };
  return (
    <input
      className="runs-name"
      aria-label={words.rename(name)}
      maxLength={60}
      autoFocus
      onFocus={({ target }) => target.select()}
      value={written}
      onChange={({ target }) => setWritten(target.value)}
      onBlur={end}
      onKeyDown={({ key }) => {
        if (key === 'Enter') end();
        if (key === 'Escape') setWritten(null);
      }}
    />
  );
}
