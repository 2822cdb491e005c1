import { testImages, trainCounts, type BlocksQuestion } from './blocks.ts';
import { blocks as words } from './enBlocks.ts';

interface Props {
  readonly question: BlocksQuestion;
  readonly change: (question: BlocksQuestion) => void;
}

export function BlocksSettings({ question: { images }, change }: Props) {
  return (
    <label className="view-choice">
      {words.images}
      <select
        value={images}
        onChange={({ target }) =>
          change({ images: trainCounts.find((count) => String(count) === target.value) ?? images })
        }
      >
        {trainCounts.map((count) => (
          <option key={count} value={count}>
            {words.imagesOf(count, testImages[count])}
          </option>
        ))}
      </select>
    </label>
  );
}
