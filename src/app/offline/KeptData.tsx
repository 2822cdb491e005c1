import { useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { KeptData as Kept } from '../../protocol/keptData.ts';
import { keptData as words } from './enOffline.ts';
import type { KeptDataActions, KeptDataState } from './keptData.ts';
import { OfflineContext } from './OfflineContext.ts';

/** What of CIFAR-10 is kept in this browser; keeps all of it, or gives it up. */
export function KeptData() {
  const offline = useContext(OfflineContext);
  return offline && <KeptDataOf data={offline.data} />;
}

function KeptDataOf({ data }: { data: KeptDataActions }) {
  const state = useStore(data.store);
  const { kind, kept } = state;
  useEffect(() => void data.look(), [data]);
  const isBusy = kind === 'keeping' || kind === 'looking';
  const missing = kept === null ? null : kept.allBytes - kept.bytes;
  return (
    <section className="kept-data" aria-labelledby="kept-data-heading">
      <h2 id="kept-data-heading">{words.heading}</h2>
      <p role="status" aria-live={kind === 'keeping' ? 'off' : 'polite'}>
        {textOf(state)}
      </p>
      {kind === 'keeping' && kept && <Bar kept={kept} />}
      <p className="kept-data-actions">
        {kind === 'keeping' && (
          <button type="button" className="button-small" onClick={() => data.cancel()}>
            {words.cancel}
          </button>
        )}
        {!isBusy && missing !== 0 && state.error?.trouble !== 'denied' && (
          <button
            type="button"
            className="button-small"
            onClick={() => void data[missing ? 'keep' : 'look']()}
          >
            {missing === null ? words.again : words.keep(missing)}
          </button>
        )}
        {!isBusy && kept && kept.bytes > 0 && (
          <button type="button" className="button-small" onClick={() => void data.remove()}>
            {words.remove(kept.bytes)}
          </button>
        )}
      </p>
    </section>
  );
}

function textOf({ kind, kept, error, isPersistent }: KeptDataState): string {
  if (error) return words.why(error);
  if (!kept) return words.looking;
  if (kind === 'keeping') return words.keeping(kept);
  if (kept.bytes < kept.allBytes) return words.some(kept);
  return isPersistent === false ? `${words.all(kept)} ${words.mayGo}` : words.all(kept);
}

function Bar({ kept: { bytes, allBytes } }: { kept: Kept }) {
  return <progress aria-label={words.bar} value={bytes} max={allBytes} />;
}
