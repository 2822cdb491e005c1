/** Small drawings of what terms mean, in a box of 288 by 112. */
import type { ReactNode } from 'react';
import { pictures as words } from './enPictures.ts';
import type { PictureName } from './entry.ts';

const drawings: Readonly<Record<PictureName, () => ReactNode>> = {
  residual: Residual,
  blocks: Blocks,
  options: Options,
  batch: Batch,
  errors: Errors,
  seeds: Seeds,
  schedule: Schedule,
};

export function TermPicture({ name }: { name: PictureName }) {
  const Drawing = drawings[name];
  return (
    <svg className="term-picture" viewBox="0 0 288 112" role="img" aria-label={words[name].alt}>
      <Drawing />
    </svg>
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A layer, drawn about its middle. */
function Layer({ x, y, width = 52, label }: Place & { width?: number; label?: string }) {
  return (
    <>
      <rect className="wash" x={x - width / 2} y={y - 9} width={width} height="18" rx="4" />
      {label !== undefined && <Caption x={x} y={y + 4} text={label} />}
    </>
  );
}

function Caption({ x, y, text, anchor = 'middle' }: Place & { text: string; anchor?: 'start' | 'middle' }) {
  return (
    <text x={x} y={y} textAnchor={anchor}>
      {text}
    </text>
  );
}

function Residual() {
  const { plain, residual } = words.residual;
  return (
    <>
      <path className="plain" d="M72 4V94" />
      <Layer x={72} y={26} />
      <Layer x={72} y={62} />
      <Caption x={72} y={108} text={plain} />
      <path d="M216 4V94" />
      <path className="residual" strokeWidth="2.2" d="M216 10C272 10 272 84 223 84" />
      <Layer x={216} y={26} />
      <Layer x={216} y={58} />
      <circle className="wash" cx="216" cy="84" r="7" />
      <path d="M212 84h8M216 80v8" />
      <Caption x={216} y={108} text={residual} />
    </>
  );
}

function Blocks() {
  const { basic, bottleneck, one, three } = words.blocks;
  return (
    <>
      <path d="M72 4V94" />
      <Layer x={72} y={30} width={84} label={three} />
      <Layer x={72} y={68} width={84} label={three} />
      <Caption x={72} y={108} text={basic} />
      <path d="M216 2V94" />
      <Layer x={216} y={16} width={104} label={one} />
      <Layer x={216} y={48} width={44} label={three} />
      <Layer x={216} y={80} width={104} label={one} />
      <Caption x={216} y={108} text={bottleneck} />
    </>
  );
}

/** A map's channels as a column of cells; those from `full` on hold zeros. */
function Channels({ x, y, count, full = count }: Place & { count: number; full?: number }) {
  return Array.from({ length: count }, (_, i) => (
    <g key={i}>
      <rect className={i < full ? 'wash' : undefined} x={x} y={y + 14 * i} width="26" height="14" />
      {i >= full && <Caption x={x + 13} y={y + 14 * i + 11} text={words.options.zero} />}
    </g>
  ));
}

function Options() {
  const { padding, projection } = words.options;
  return (
    <>
      <Channels x={18} y={32} count={2} />
      <path className="residual" d="M48 46H88M82 41l6 5l-6 5" />
      <Channels x={94} y={32} count={4} full={2} />
      <Caption x={69} y={108} text={padding} />
      <Channels x={160} y={32} count={2} />
      <path className="residual" d="M190 46L232 34M190 46L232 48M190 46L232 66M190 46L232 80" />
      <Channels x={236} y={32} count={4} />
      <Caption x={211} y={108} text={projection} />
    </>
  );
}

function Batch() {
  const { images, step } = words.batch;
  return (
    <>
      {Array.from({ length: 16 }, (_, i) => (
        <g key={i} transform={`translate(${14 + 22 * (i % 4)} ${4 + 22 * Math.floor(i / 4)})`}>
          <rect className="wash" width="18" height="18" rx="2" />
          {/* Hills and a sun, each image another. */}
          <path className="faint" d={`M1 ${15 - (i % 3)}l6 -${4 + (i % 4)}l4 4l6 -${3 + (i % 5)}`} />
          <circle className="faint" cx={5 + ((5 * i) % 9)} cy="5" r="1.8" />
        </g>
      ))}
      <Caption x={56} y={108} text={images} />
      <path d="M116 48H152M146 43l6 5l-6 5" />
      <Layer x={184} y={24} />
      <Layer x={184} y={48} />
      <Layer x={184} y={72} />
      <path d="M222 72C252 72 252 24 222 24M228 19l-6 5l6 5" />
      <Caption x={200} y={108} text={step} />
    </>
  );
}

const frame = 'M20 4V94H282';

function Errors() {
  const { training, test, gap } = words.errors;
  return (
    <>
      <path className="faint" d={frame} />
      <path d="M22 10C50 62 110 82 210 86" strokeDasharray="6 4" />
      <path d="M22 12C54 46 110 56 210 58" />
      <path className="residual" d="M222 60V84M218 64l4 -4l4 4M218 80l4 4l4 -4" />
      <Caption x={232} y={76} text={gap} anchor="start" />
      <Caption x={150} y={50} text={test} />
      <Caption x={156} y={74} text={training} />
    </>
  );
}

function Seeds() {
  const { seeds, mean } = words.seeds;
  return (
    <>
      <path className="faint" d={frame} />
      <path className="wash" stroke="none" d="M22 6C60 38 110 56 214 60L214 84C110 80 60 64 22 18Z" />
      <path
        className="faint"
        d="M22 10C56 44 120 50 214 64M22 14C70 56 110 74 214 70M22 8C50 60 130 70 214 80"
      />
      <path className="residual" strokeWidth="2.2" d="M22 11C58 52 116 66 214 72" />
      <Caption x={222} y={76} text={mean} anchor="start" />
      <Caption x={120} y={42} text={seeds} anchor="start" />
    </>
  );
}

function Schedule() {
  const { warmUp, drops } = words.schedule;
  return (
    <>
      <path className="faint" d={frame} />
      <path strokeWidth="2" d="M22 74H50V18H150V72H216V90H280" />
      <Caption x={26} y={66} text={warmUp} anchor="start" />
      <Caption x={158} y={48} text={drops} anchor="start" />
    </>
  );
}
