import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Panel, panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import { plainNumber } from '../../app/ui/format.ts';
import { calibrationOf, type CalibrationBin } from '../../insights/predictions.ts';
import { predictions as words } from './enPredictions.ts';
import type { TestAnswer } from './predictions.ts';

const KEY = 24;
const PANEL = 356;
/** Room under the axis. */
const NOTE = 18;
/** Narrower, the two panels stand below each other. */
const BESIDE = 640;
const MOST_WIDTH = 520;
/** What is right among fewer images is chance. */
const FEW = 10;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly answer: TestAnswer;
}

/** The reliability diagram, and how many answers are how sure. */
export function CalibrationDrawing({ nets, answer }: Props) {
  const all = answer.nets.map((own) => calibrationOf(answer.labels, own).bins);
  return (
    <Picture
      keyed={nets}
      label={words.reliability}
      height={(width) => KEY + (width < BESIDE ? 2 : 1) * PANEL}
    >
      {(width) => {
        const isBeside = width >= BESIDE;
        const panelWidth = Math.min(MOST_WIDTH, isBeside ? width / 2 : width);
        const right = { left: isBeside ? panelWidth : 0, top: KEY + (isBeside ? 0 : PANEL) };
        return (
          <>
            <NetKey nets={nets} x={margin.left} y={12} />
            <Reliability nets={nets} all={all} left={0} top={KEY} width={panelWidth} />
            <Confidences nets={nets} all={all} {...right} width={panelWidth} />
          </>
        );
      }}
    </Picture>
  );
}

interface PanelProps {
  readonly nets: readonly LookedAt[];
  readonly all: readonly (readonly CalibrationBin[])[];
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const scales = ({ left, top, width }: PanelProps, most: number) => ({
  x: scaleLinear([0, 1], [left + margin.left, left + width - margin.right]),
  y: scaleLinear([0, most], [top + PANEL - margin.bottom - NOTE, top + margin.top]),
});

function Reliability(props: PanelProps) {
  const { x, y } = scales(props, 1);
  const path = line<CalibrationBin>(
    ({ confidence }) => x(confidence),
    ({ accuracy }) => y(accuracy),
  );
  return (
    <Panel title={words.reliability} x={x} y={y} xName={words.reliabilityOf}>
      <text className="panel-tick" x={x(0)} y={y(0) + 50}>
        {words.fewImages(FEW)}
      </text>
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke="var(--edge)" strokeDasharray="4 4" />
      <text
        className="panel-tick"
        transform={`translate(${x(0.03)} ${y(0.06)}) rotate(${(Math.atan2(y(1) - y(0), x(1) - x(0)) * 180) / Math.PI})`}
      >
        {words.perfect}
      </text>
      {props.nets.map((net, i) => {
        const bins = (props.all[i] ?? []).filter(({ images }) => images > 0);
        return (
          <g key={net.id}>
            <path d={path(bins) ?? ''} fill="none" stroke={laneColor(net.style)} strokeWidth={2} />
            {bins.map(({ images, confidence, accuracy }) => (
              <Marker
                key={confidence}
                style={net.style}
                x={x(confidence)}
                y={y(accuracy)}
                size={images < FEW ? 0.6 : 1.1}
              />
            ))}
          </g>
        );
      })}
    </Panel>
  );
}

function Confidences(props: PanelProps) {
  const { nets, all } = props;
  const shares = all.map((bins) => {
    const images = bins.reduce((sum, bin) => sum + bin.images, 0);
    return bins.map((bin) => (images === 0 ? 0 : bin.images / images));
  });
  const { x, y } = scales(props, Math.max(0.01, ...shares.flat()));
  return (
    <Panel
      title={words.confidences}
      x={x}
      y={y}
      xName={words.reliabilityOf}
      format={(share) => plainNumber(100 * share)}
    >
      {nets.map((net, i) => {
        const own = shares[i] ?? [];
        const step = own.map(
          (share, bin) =>
            `${bin === 0 ? 'M' : 'L'}${x(bin / own.length)} ${y(share)}H${x((bin + 1) / own.length)}`,
        );
        return (
          <path key={net.id} d={step.join('')} fill="none" stroke={laneColor(net.style)} strokeWidth={2} />
        );
      })}
    </Panel>
  );
}
