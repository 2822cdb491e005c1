import { IconButton } from '../../app/ui/IconButton.tsx';
import { architecture as words } from './enArchitecture.ts';

interface Props {
  /** All that can be chosen, in order. */
  readonly names: readonly string[];
  readonly layer: string | null;
  readonly choose: (layer: string) => void;
}

/** Goes through the layers of the nets, by keyboard, finger or mouse. */
export function LayerChooser({ names, layer, choose }: Props) {
  const at = layer === null ? -1 : names.indexOf(layer);
  const go = (to: number) => {
    const name = names[Math.max(0, Math.min(names.length - 1, to))];
    if (name !== undefined) choose(name);
  };
  const text = at < 0 ? words.none : words.position(names[at] ?? '', at + 1, names.length);
  return (
    <div className="layer-chooser">
      <label>
        <span>{words.layer}</span>
        <input
          type="range"
          min={0}
          max={Math.max(0, names.length - 1)}
          value={Math.max(0, at)}
          aria-valuetext={text}
          onChange={({ target }) => go(Number(target.value))}
        />
      </label>
      <IconButton icon="expand" label={words.before} disabled={at <= 0} onClick={() => go(at - 1)} />
      <IconButton
        icon="expand"
        label={words.after}
        disabled={at >= names.length - 1}
        onClick={() => go(at + 1)}
      />
      <output>{at < 0 ? words.hint : text}</output>
    </div>
  );
}
