import { useEffect, useState } from 'react';
import { experiment as words } from '../messages/enExperiment.ts';

/** Milliseconds for which the button says what happened. */
const SAYS = 2500;

/** Copies the address, which holds the experiment whole; without a sound one it holds an older. */
export function CopyLink({ sound }: { sound: boolean }) {
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null);
  useEffect(() => {
    if (outcome !== 'copied') return undefined;
    const timer = setTimeout(() => setOutcome(null), SAYS);
    return () => clearTimeout(timer);
  }, [outcome]);

  function copy(): void {
    navigator.clipboard.writeText(location.href).then(
      () => setOutcome('copied'),
      () => setOutcome('notCopied'),
    );
  }

  return (
    <>
      <button
        type="button"
        className="copy-link"
        disabled={!sound}
        title={sound ? undefined : words.cannotCopy}
        onClick={copy}
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
    </>
  );
}
