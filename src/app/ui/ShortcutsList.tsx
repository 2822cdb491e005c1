import { shortcutKeys } from './enShortcuts.ts';

export function ShortcutsList() {
  return (
    <dl>
      {shortcutKeys.map(([key, effect]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{effect}</dd>
        </div>
      ))}
    </dl>
  );
}
