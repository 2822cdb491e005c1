import { interpolateRdBu } from 'd3-scale-chromatic';
import { rgbOf } from '../../app/inside/plot/colours.ts';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { Answered } from '../../app/inside/view.ts';
import { IMAGE_SIZE } from '../../model/dataset.ts';
import { AutocorrelationPanel, NoiseMark } from './AutocorrelationPanel.tsx';
import { shattered as words } from './enShattered.ts';
import { POINTS, ROWS, type Correlated, type ShatteredAnswer, type ShatteredQuestion } from './shattered.ts';

const TITLE = 24;
const LABEL = 22;
const STRIP = 2.5 * ROWS;
const ENDS = 62;
const IMAGE = 32;
const PANEL = 300;
const GAP = 28;
/** Narrower, the strips stand above the panel. */
const BESIDE = 680;

type Drawn = Answered<ShatteredQuestion, ShatteredAnswer>;

/** Strips of gradients along a line, between strips of noise; and beside them how soon each forgets itself. */
export function ShatteredDrawing({ nets, question, answer }: Drawn) {
  const strips = TITLE + (nets.length + 2) * (LABEL + STRIP) + ENDS;
  return (
    <Picture
      label={words.words.shows}
      height={(width) => (width < BESIDE ? strips + GAP + PANEL : Math.max(strips, PANEL))}
    >
      {(width) => {
        const isBeside = width >= BESIDE;
        const wide = isBeside ? (width - GAP) / 2 : width;
        return (
          <>
            <Strips nets={nets} question={question} answer={answer} width={wide} />
            <AutocorrelationPanel
              nets={nets}
              question={question}
              answer={answer}
              left={isBeside ? wide + GAP : 0}
              top={isBeside ? 0 : strips + GAP}
              width={wide}
              height={isBeside ? Math.min(strips, 460) : PANEL}
            />
          </>
        );
      }}
    </Picture>
  );
}

function Strips({ nets, answer, width }: Drawn & { readonly width: number }) {
  const topOf = (i: number) => TITLE + i * (LABEL + STRIP);
  const rows = [
    { of: answer.brownian, label: <NoiseMark noise="brownian" /> },
    ...nets.flatMap((net, i) => {
      const of = answer.nets[i];
      return of ? [{ of, label: <NetKey nets={[net]} x={0} y={0} /> }] : [];
    }),
    { of: answer.white, label: <NoiseMark noise="white" /> },
  ];
  const bottom = topOf(nets.length + 2) + 8;
  const image = (end: number) => pngUrl(answer.ends.slice(end * IMAGE_SIZE, (end + 1) * IMAGE_SIZE), IMAGE);
  return (
    <g>
      <text className="panel-title" x={0} y={14}>
        {words.strips}
      </text>
      {rows.map(({ of, label }, i) => (
        <g key={i} transform={`translate(0 ${topOf(i)})`}>
          <g transform="translate(0 11)">{label}</g>
          <image
            href={pixelsOf(of)}
            y={LABEL}
            width={width}
            height={STRIP}
            preserveAspectRatio="none"
            imageRendering="pixelated"
          />
        </g>
      ))}
      <image href={image(0)} x={0} y={bottom} width={IMAGE} height={IMAGE} imageRendering="pixelated" />
      <text className="panel-tick" x={IMAGE + 8} y={bottom + 20}>
        {words.from}
      </text>
      <image
        href={image(1)}
        x={width - IMAGE}
        y={bottom}
        width={IMAGE}
        height={IMAGE}
        imageRendering="pixelated"
      />
      <text className="panel-tick" x={width - IMAGE - 8} y={bottom + 20} textAnchor="end">
        {words.to}
      </text>
      <text className="panel-tick" x={0} y={bottom + IMAGE + 16}>
        {words.rows}
      </text>
    </g>
  );
}

/** Deviations at which the colours end. */
const MOST = 2.5;
/** Of what is no number. */
const GREY = [128, 128, 128] as const;

function pixelsOf({ strip }: Correlated): string {
  const pixels = new Uint8Array(strip.length * 3);
  strip.forEach((value, i) => {
    const share = (1 + Math.max(-1, Math.min(1, value / MOST))) / 2;
    // Reversed: red is above the mean.
    pixels.set(Number.isNaN(share) ? GREY : rgbOf(interpolateRdBu(1 - share)), 3 * i);
  });
  return pngUrl(pixels, POINTS, ROWS);
}
