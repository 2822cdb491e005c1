import { useEffect, useState } from 'react';
import { useApp } from '../../state/hooks/AppContext.ts';
import type { KeptView } from '../../state/keptView.ts';
import type { Run } from '../../state/run.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { smallSize } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { keptViews as words } from './enKeptViews.ts';
import './keptViews.css';

/** The views that are kept with a run: what each said, its picture, and the way back into it. */
export function KeptViews({ run, isFixed }: { readonly run: Run; readonly isFixed: boolean }) {
  if (run.views.length === 0) return null;
  return (
    <section className="kept-views" aria-label={words.heading}>
      <p className="kept-views-label">{words.heading}</p>
      <ul>
        {run.views.map((view) => (
          <li key={view.id}>
            <OneView run={run.id} view={view} isFixed={isFixed} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Props {
  readonly run: string;
  readonly view: KeptView;
  readonly isFixed: boolean;
}

function OneView({ run, view, isFixed }: Props) {
  const app = useApp();
  const [isLarge, setIsLarge] = useState(false);
  const picture = usePicture(run, view);
  const title = words.title(view.name, view.step);
  const open = () => {
    app.setInside({ given: view.address, isShown: true });
    app.goTo('lab');
  };
  return (
    <article className="kept-view">
      {picture.url === null ? (
        <p className="field-hint" role={picture.fault === null ? 'status' : 'alert'}>
          {picture.fault ?? (view.picture ? words.coming : words.noPicture)}
        </p>
      ) : (
        <button
          type="button"
          className="kept-view-picture"
          aria-haspopup="dialog"
          aria-label={words.enlarge(title)}
          onClick={() => setIsLarge(true)}
        >
          <img src={picture.url} alt="" onError={picture.fail} />
        </button>
      )}
      <div>
        <h2>{title}</h2>
        <p>
          {view.question} {view.summary}
        </p>
        <p className="field-hint">
          {words.made(new Date(view.made), view.picture ? smallSize(view.picture.bytes) : null)}
        </p>
        <p className="kept-view-actions">
          <button type="button" className="link-button" aria-label={words.openOf(title)} onClick={open}>
            {words.open}
          </button>
          {!isFixed && (
            <IconButton
              icon="remove"
              label={words.remove(title)}
              data-focus-next=".runs-deleted button"
              onClick={() => app.removeView(run, view.id)}
            />
          )}
        </p>
      </div>
      {isLarge && picture.url !== null && (
        <Dialog heading={title} className="kept-view-large" onClose={() => setIsLarge(false)}>
          {/* It may be wider than the screen: it can be moved by keyboard, too. */}
          <div className="kept-view-scroll" tabIndex={0} role="region" aria-label={words.picture(title)}>
            <img src={picture.url} alt={`${view.question} ${view.summary}`} />
          </div>
        </Dialog>
      )}
    </article>
  );
}

interface Picture {
  readonly url: string | null;
  readonly fault: string | null;
  readonly fail: () => void;
}

/** The address of a view's picture, for an image alone: in one nothing of it runs, and it loads nothing. */
function usePicture(run: string, view: KeptView): Picture {
  const app = useApp();
  const [url, setUrl] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const has = view.picture !== null;
  useEffect(() => {
    if (!has) return;
    let made: string | null = null;
    let isOver = false;
    app.viewPicture(run, view).then(
      (blob) => {
        if (isOver) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => {
        if (!isOver) setFault(words.unreadable);
      },
    );
    return () => {
      isOver = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [app, run, view, has]);
  const fail = () => {
    setUrl(null);
    setFault(words.unreadable);
  };
  return { url, fault, fail };
}
