import { laneTextColor } from '../ui/Marker.tsx';
import type { Part } from './claimFacts.ts';
import { MarkedText } from './MarkedText.tsx';

/** A claim in words. */
export function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, i) => {
    if (typeof part === 'string') return <MarkedText key={i} text={part} />;
    if ('name' in part) {
      return (
        <span key={i} className="lane-name">
          {part.name}
        </span>
      );
    }
    if ('stress' in part) return <em key={i}>{part.stress}</em>;
    return (
      <strong key={i} style={{ color: laneTextColor(part.run.style) }}>
        <MarkedText text={part.number} />
      </strong>
    );
  });
}
