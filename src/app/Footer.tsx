import { useState } from 'react';
import { sources } from '../model/paper.ts';
import { footer } from './enPage.ts';
import { Dialog } from './ui/Dialog.tsx';
import { terms } from './ui/glossary/enTerms.ts';
import { lazyPart } from './ui/parts/lazyPart.tsx';

const WordsList = lazyPart('WordsList', () =>
  import('./ui/glossary/WordsList.tsx').then((module) => module.WordsList),
);

export function Footer() {
  const [listsWords, setListsWords] = useState(false);
  return (
    <footer className="footer">
      <p>{footer.text}</p>
      <p>
        {footer.sources}:{' '}
        {[sources.v1, sources.cifar, sources.idelbayev].map(({ title, url }, i) => (
          <span key={url}>
            {i > 0 && '; '}
            <a href={url} target="_blank" rel="noreferrer">
              {title}
            </a>
          </span>
        ))}
      </p>
      <p>
        <button
          type="button"
          className="link-button"
          aria-haspopup="dialog"
          onClick={() => setListsWords(true)}
        >
          {terms.open}
        </button>
      </p>
      {listsWords && (
        <Dialog heading={terms.heading} onClose={() => setListsWords(false)}>
          <WordsList />
        </Dialog>
      )}
    </footer>
  );
}
