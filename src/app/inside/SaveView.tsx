import { useState } from 'react';
import { escapeText, writeCsv } from '../runs/codec/csv.ts';
import { saveFile } from '../ui/saveFile.ts';
import { useApp } from '../state/hooks/AppContext.ts';
import { keepView } from './keepView.ts';
import type { NetToLookAt } from './netsToLookAt.ts';
import { inside as words } from './enInside.ts';
import { pictureToKeep } from './pictureToKeep.ts';
import { pngOfSvg, slideOf } from './viewPicture.ts';
import type { ViewTable } from './view.ts';

interface Props {
  readonly view: string;
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly table: ViewTable;
  readonly nets: readonly NetToLookAt[];
  /** What is drawn now; null where nothing is. */
  readonly picture: () => SVGSVGElement | null;
}

/** Saves a view's numbers and its picture, and keeps what it says with its runs. */
export function SaveView({ view, name, title, summary, table, nets, picture }: Props) {
  const app = useApp();
  const [{ said, isFault }, say] = useState({ said: '', isFault: false });
  const save = async (extension: string, type: string, content: () => BlobPart | Promise<BlobPart>) => {
    const file = words.file(view, extension);
    try {
      saveFile(await content(), type, file);
      say({ said: words.saved(file), isFault: false });
    } catch (error) {
      say({ said: words.unsaved(error instanceof Error ? error.message : String(error)), isFault: true });
    }
  };
  const slide = () => {
    const svg = picture();
    if (!svg) throw new Error(words.looking);
    return slideOf(svg, title, summary);
  };
  const keep = async () => {
    try {
      const kept = await pictureToKeep(slide(), pngOfSvg);
      const runs = await keepView(app, nets, { name, question: title, summary, picture: kept });
      say({ said: kept ? words.keptWith(runs) : words.keptWithout(runs), isFault: false });
    } catch (error) {
      say({ said: words.unkept(error instanceof Error ? error.message : String(error)), isFault: true });
    }
  };
  return (
    <div className="view-save">
      <span>{words.save}</span>
      <button
        type="button"
        className="button-small"
        onClick={() => void save('png', 'image/png', () => pngOfSvg(slide()))}
      >
        {words.savePng}
      </button>
      <button type="button" className="button-small" onClick={() => void save('svg', 'image/svg+xml', slide)}>
        {words.saveSvg}
      </button>
      <button
        type="button"
        className="button-small"
        onClick={() => void save('csv', 'text/csv', () => csvOf(table))}
      >
        {words.saveCsv}
      </button>
      <button
        type="button"
        className="button-small"
        onClick={() => void save('json', 'application/json', () => jsonOf(title, table))}
      >
        {words.saveJson}
      </button>
      {nets.some(({ from }) => from === 'stage' || from === 'kept') && (
        <button type="button" className="button-small" onClick={() => void keep()}>
          {words.keep}
        </button>
      )}
      <span role={isFault ? 'alert' : 'status'}>{said}</span>
    </div>
  );
}

const csvOf = ({ head, rows }: ViewTable): string =>
  writeCsv([head, ...rows].map((row) => row.map((cell) => (typeof cell === 'string' ? escapeText(cell) : String(cell ?? ''))))); // prettier-ignore

const jsonOf = (title: string, { head, rows }: ViewTable): string =>
  JSON.stringify(
    { title, rows: rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? null]))) },
    null,
    2,
  );
