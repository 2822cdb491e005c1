import { useEffect, useId, useState } from 'react';
import { experiment as words } from '../enExperiment.ts';
import { copyText } from '../../ui/copyText.ts';
import { linkToShare } from '../../ui/linkToShare.ts';

/** Milliseconds for which the button says what happened. */
const SAYS = 2500;

/** Copies the address, which holds the experiment whole; without a sound one it holds an older. Where nothing can be copied it is shown. */
export function CopyLink({ sound }: { sound: boolean }) {
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null);
  const [shown, setShown] = useState('');
  const field = useId();
  useEffect(() => {
    if (outcome !== 'copied') return undefined;
    const timer = setTimeout(() => setOutcome(null), SAYS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    const link = linkToShare(location.href);
    const isCopied = await copyText(link);
    setShown(isCopied ? '' : link);
    setOutcome(isCopied ? 'copied' : 'notCopied');
  }

  return (
    <>
      <button
        type="button"
        className="button-small copy-link"
        disabled={!sound}
        title={sound ? undefined : words.cannotCopy}
        onClick={() => void copy()}
      >
        {/* Both words keep their room, so that nothing moves. */}
        <span data-shown={outcome !== 'copied'}>{words.copy}</span>
        <span data-shown={outcome === 'copied'} aria-hidden="true">
          {words.copied}
        </span>
      </button>
      <span role="status" className={outcome === 'notCopied' ? 'field-hint' : 'visually-hidden'}>
        {outcome && words[outcome]}
      </span>
      {shown !== '' && (
        <span className="link-shown">
          <label htmlFor={field} className="visually-hidden">
            {words.link}
          </label>
          <input id={field} readOnly value={shown} onFocus={(event) => event.target.select()} />
        </span>
      )}
    </>
  );
}
