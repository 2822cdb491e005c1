import { useState } from 'react';
import { help, title } from './enPage.ts';
import { device as words } from './session/device/enDevice.ts';
import { useApp, useAppState } from './state/hooks/AppContext.ts';
import { lazyPart } from './ui/parts/lazyPart.tsx';
import { Places } from './places/Places.tsx';
import { Dialog } from './ui/Dialog.tsx';
import type { TermId } from './ui/glossary/enGlossary.ts';
import { Term } from './ui/glossary/Term.tsx';
import { ThemeSwitch } from './ui/ThemeSwitch.tsx';
import { useKey } from './ui/useKey.ts';
import type { BackendName, DeviceChoice } from '../protocol/protocol.ts';
import type { DeviceState } from './state/AppState.ts';

const ShortcutsList = lazyPart('ShortcutsList', () =>
  import('./ui/ShortcutsList.tsx').then((module) => module.ShortcutsList),
);
const WordsList = lazyPart('WordsList', () =>
  import('./ui/glossary/WordsList.tsx').then((module) => module.WordsList),
);

export function Header() {
  const { setView } = useApp();
  const theme = useAppState((state) => state.view.theme);
  const [helps, setHelps] = useState(false);
  useKey('?', () => setHelps(true));
  return (
    <header className="header">
      <div className="brand">
        <Mark />
        <span>{title}</span>
      </div>
      <Places />
      <Device />
      <div className="header-tools">
        <ThemeSwitch theme={theme} onChange={(chosen) => setView({ theme: chosen })} />
        <button
          type="button"
          className="button-small"
          aria-label={help.open}
          title={help.open}
          aria-haspopup="dialog"
          onClick={() => setHelps(true)}
        >
          ?
        </button>
      </div>
      {helps && (
        <Dialog heading={help.heading} onClose={() => setHelps(false)}>
          <details className="shortcuts" open>
            <summary>{help.shortcuts}</summary>
            <ShortcutsList />
          </details>
          <WordsList />
        </Dialog>
      )}
    </header>
  );
}

/** A block of the net, and the way around it. */
function Mark() {
  return (
    <svg width="30" height="22" viewBox="0 0 30 22" fill="none" strokeWidth="2" aria-hidden="true">
      <path d="M1 16h28" stroke="currentColor" opacity=".35" />
      <rect x="10" y="11.5" width="10" height="9" rx="2" fill="var(--paper)" stroke="currentColor" />
      <path d="M4 16C4 1 26 1 26 16" stroke="var(--residual-2)" strokeLinecap="round" />
    </svg>
  );
}

function Device() {
  const device = useAppState((state) => state.device);
  return (
    <span className="chip" data-tone={toneOf(device)}>
      <i aria-hidden="true" />
      {device.kind === 'found' ? (
        <DeviceName choice={device.choice} />
      ) : device.kind === 'failed' ? (
        words.failed
      ) : (
        words.looking
      )}
    </span>
  );
}

function DeviceName({ choice }: { choice: DeviceChoice }) {
  const term = deviceTerms[choice.backend];
  const name = words.plainly(choice);
  return term ? <Term id={term}>{name}</Term> : name;
}

const deviceTerms: Partial<Readonly<Record<BackendName, TermId>>> = { webgpu: 'webgpu', wasm: 'webassembly' };

/** A processor that trains is nothing wrong; JavaScript alone, or an imitated graphics card, is. */
function toneOf(device: DeviceState): 'good' | 'slow' | 'bad' | 'unknown' {
  if (device.kind === 'looking') return 'unknown';
  if (device.kind === 'failed') return 'bad';
  const { backend, software } = device.choice;
  return !software || backend === 'wasm' ? 'good' : 'slow';
}
