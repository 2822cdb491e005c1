import { panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { fieldSoFar } from '../../insights/landscape.ts';
import { ContourPanel } from './ContourPanel.tsx';
import { landscape as words } from './enLandscape.ts';
import type { FieldsAnswer, LandscapeAnswer, LandscapeQuestion } from './landscape.ts';
import { LinePanels, linePanelsHeight } from './LinePanels.tsx';
import { linesOf } from './linesOf.ts';
import { KEY_HEIGHT, LossKey } from './LossKey.tsx';
import { lossScale } from './lossScale.ts';
import { SurfacePanel } from './SurfacePanel.tsx';

/** A panel is no narrower, and its square no wider. */
const LEAST = 290;
const WIDEST = 460;

/** The nets side by side on one scale of colours; or the two panels of a line. */
export function LandscapeDrawing({ nets, question, answer }: Answered<LandscapeQuestion, LandscapeAnswer>) {
  if (answer.kind === 'line') {
    return (
      <Picture
        keyed={linesOf(nets, answer).map(({ net }) => net)}
        label={words.lossOf(answer.images)}
        height={linePanelsHeight}
      >
        {(width) => <LinePanels nets={nets} answer={answer} width={width} />}
      </Picture>
    );
  }
  const layout = (width: number) => {
    const most = Math.max(1, Math.floor(width / LEAST));
    // As many in each row: of four that are three and one too wide, two and two.
    const columns = Math.ceil(answer.fields.length / Math.ceil(answer.fields.length / most));
    const size = Math.min(width / columns - margin.left - margin.right, WIDEST);
    return { columns, size, height: size + margin.top + margin.bottom };
  };
  return (
    <Picture
      label={words.onLog(answer.images)}
      height={(width) => {
        const { columns, height } = layout(width);
        return KEY_HEIGHT + Math.ceil(answer.fields.length / columns) * height;
      }}
    >
      {(width) => <Fields nets={nets} question={question} answer={answer} width={width} {...layout(width)} />}
    </Picture>
  );
}

interface FieldsProps {
  readonly nets: readonly LookedAt[];
  readonly question: LandscapeQuestion;
  readonly answer: FieldsAnswer;
  readonly width: number;
  readonly columns: number;
  readonly size: number;
  readonly height: number;
}

function Fields({ nets, question, answer, width, columns, size, height }: FieldsProps) {
  const { grid, known, fields } = answer;
  const losses = fields.map((field) => fieldSoFar(field.losses, grid, known));
  const scale = lossScale(losses.flatMap((own) => own.filter((loss) => loss !== null)));
  const across = size + margin.left + margin.right;
  return (
    <>
      <LossKey
        scale={scale}
        title={words.onLog(answer.images)}
        x={margin.left}
        width={Math.min(width - margin.left - margin.right, 560)}
      />
      {fields.map((field, i) => {
        const net = nets[i];
        if (!net) return null;
        const shared = {
          net,
          field,
          losses: losses[i] ?? [],
          count: grid,
          scale,
          left: (i % columns) * across + margin.left,
          top: KEY_HEIGHT + Math.floor(i / columns) * height + margin.top,
          size,
        };
        return question.draw === 'surface' ? (
          <SurfacePanel key={net.id} {...shared} turn={question.turn} />
        ) : (
          <ContourPanel key={net.id} {...shared} />
        );
      })}
    </>
  );
}
