import { useEffect, useRef, useState, type MouseEvent } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import type { ArchiveSizes } from '../../state/archives.ts';
import { percent, sentence } from '../../ui/format.ts';
import { momentOf, saveFile } from '../../ui/saveFile.ts';
import { ExchangeAction } from '../ExchangeAction.tsx';
import { archiveWords as words } from './enArchiveSection.ts';

interface Props {
  readonly onSaved: (text: string) => void;
}

/** Saves everything that is kept as one file, and says before how large that is. */
export function ArchiveSection({ onSaved }: Props) {
  const { archives } = useApp();
  const keeping = useAppState((state) => state.keeping);
  const [sizes, setSizes] = useState<ArchiveSizes | null>(null);
  const [withMoments, setWithMoments] = useState(true);
  const [share, setShare] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => {
    archives.sizes().then(setSizes, (error: unknown) => setFault(words.failed(textOf(error))));
    return () => leaving.current?.abort();
  }, [archives]);

  const save = async (event: MouseEvent) => {
    const controller = new AbortController();
    leaving.current = controller;
    const exported = momentOf(event);
    setFault(null);
    setShare(0);
    try {
      const saved = await archives.save({
        withMoments,
        exported,
        progress: setShare,
        signal: controller.signal,
      });
      const name = words.fileName(exported.toISOString().slice(0, 10));
      saveFile(saved.file, 'application/x-tar', name);
      const { damagedRuns, damagedMoments, damagedPictures } = saved;
      const lost = damagedRuns.length + damagedMoments + damagedPictures > 0;
      onSaved(
        `${words.saved(name, saved.runs, saved.moments)}${lost ? ` ${words.damaged(damagedRuns.length, damagedMoments, damagedPictures)}` : ''}`,
      );
    } catch (error) {
      if (controller.signal.aborted) onSaved(words.cancelled);
      else setFault(words.failed(textOf(error)));
    }
    setShare(null);
  };

  const isEmpty = sizes !== null && sizes.runs === 0;
  return (
    <section aria-labelledby="exchange-everything">
      <h3 id="exchange-everything">{words.heading}</h3>
      <ExchangeAction
        label={words.save}
        text={words.text}
        disabled={sizes === null || isEmpty || share !== null}
        onClick={(event) => void save(event)}
      />
      <label className="field-check">
        <input
          type="checkbox"
          checked={withMoments}
          disabled={share !== null}
          onChange={({ target }) => setWithMoments(target.checked)}
        />
        {words.withMoments}
      </label>
      <p className="field-hint">
        {keeping.kind === 'off' ? words.off[keeping.fault.kind] : sizesText(sizes)}
      </p>
      {share !== null && (
        <div className="exchange-reading">
          <progress max={1} value={share} aria-label={words.saving(percent(share))} />
          <span>{words.saving(percent(share))}</span>
          <button type="button" onClick={() => leaving.current?.abort()}>
            {words.cancel}
          </button>
        </div>
      )}
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault}
        </p>
      )}
    </section>
  );
}

function sizesText(sizes: ArchiveSizes | null): string {
  if (sizes === null) return words.counting;
  if (sizes.runs === 0) return words.none;
  return words.sizes(sizes);
}

const textOf = (error: unknown) => sentence(error instanceof Error ? error.message : String(error));
