import { sources } from '../model/paper.ts';
import { footer } from './enPage.ts';

export function Footer() {
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
    </footer>
  );
}
