import './picture.css';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { OwnImage } from '../../../protocol/inside.ts';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { CameraShot } from './CameraShot.tsx';
import { picture as words } from './enPicture.ts';
import { readPicture } from './readPicture.ts';

interface Said {
  readonly text: string;
  readonly isFault: boolean;
}

/** A person's own picture, for the nets to answer: out of a file, dropped, pasted, or from the camera. */
export function PicturePicker() {
  const app = useApp();
  const has = useAppState(({ inside }) => inside.picture !== null);
  const [{ text, isFault }, setSaid] = useState<Said>({ text: '', isFault: false });
  const [showsCamera, setShowsCamera] = useState(false);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  /** Who is asked last is heard. */
  const turn = useRef(0);
  const id = useId();
  const say = (said: string) => setSaid({ text: said, isFault: false });
  const fail = (why: string) => setSaid({ text: `${why} ${words.before}`, isFault: true });

  async function take(reading: Promise<OwnImage>, name: string, note = ''): Promise<void> {
    const own = ++turn.current;
    say(words.reading);
    try {
      const picture = await reading;
      if (own !== turn.current) return;
      app.setInside({ picture });
      say(`${words.taken(name)} ${note}`.trimEnd());
    } catch (error) {
      if (own === turn.current) fail(error instanceof Error ? error.message : String(error));
    }
  }
  const takeFile = (file: File, name = file.name, note = '') =>
    void take(readPicture(file, name), name, note);

  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const { target, clipboardData } = event;
    const isText = target instanceof Element && target.matches('input, textarea, [contenteditable="true"]');
    if (isText || !clipboardData) return;
    event.preventDefault();
    const [file] = clipboardData.files;
    if (file) takeFile(file, words.pasted);
    else fail(words.nothingPasted);
  });
  const onDrop = useEffectEvent((event: DragEvent) => {
    // The browser would leave the page for it.
    event.preventDefault();
    setOver(false);
    const files = event.dataTransfer?.files ?? [];
    const [file] = files;
    if (file) takeFile(file, file.name, files.length > 1 ? words.several(file.name) : '');
    else fail(words.nothingDropped);
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => onPaste(event);
    const drop = (event: DragEvent) => onDrop(event);
    const over = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    // Nothing is under the pointer once it has left the window.
    const leave = (event: DragEvent) => setOver(event.relatedTarget !== null);
    document.addEventListener('paste', paste);
    window.addEventListener('drop', drop);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    return () => {
      document.removeEventListener('paste', paste);
      window.removeEventListener('drop', drop);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
    };
  }, []);

  return (
    <fieldset className="picture-picker" data-over={isOver}>
      <legend className="visually-hidden">{words.legend}</legend>
      <div className="picture-ways">
        <input
          ref={input}
          id={id}
          type="file"
          accept="image/*"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={words.choose}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) takeFile(file);
            // The same file may be chosen again.
            target.value = '';
          }}
        />
        <button type="button" className="button-small" onClick={() => input.current?.click()}>
          {words.choose}
        </button>
        <button
          type="button"
          className="button-small"
          aria-expanded={showsCamera}
          data-picture="camera"
          onClick={() => setShowsCamera(!showsCamera)}
        >
          {words.camera}
        </button>
        <span className="field-hint">{words.drop}</span>
        {has && (
          <button
            type="button"
            className="button-small"
            data-focus-next="[data-picture=camera]"
            onClick={() => {
              turn.current++;
              app.setInside({ picture: null });
              say(words.removed);
            }}
          >
            {words.remove}
          </button>
        )}
      </div>
      {showsCamera && (
        <CameraShot
          onShot={(shot) => {
            setShowsCamera(false);
            void take(shot, words.shot);
          }}
          onFault={(why) => {
            setShowsCamera(false);
            fail(why);
          }}
          onClose={() => setShowsCamera(false)}
        />
      )}
      <p className="picture-said" role={isFault ? 'alert' : 'status'}>
        {text}
      </p>
      <p className="field-hint">{words.stays}</p>
    </fieldset>
  );
}
