/** The numbers of an answer, and what is to be seen in it. */
import type { Answered, ViewTable } from '../../app/inside/view.ts';
import { classNames } from '../../model/dataset.ts';
import { gradCam as words } from './enGradCam.ts';
import { filterFacts, filtersOf } from './filters.ts';
import type { CamAnswer, FiltersAnswer, GradCamAnswer, GradCamQuestion, MapsAnswer } from './gradCam.ts';
import { heatFacts, large, likeness, meanOf } from './heat.ts';

type Drawn<A> = Answered<GradCamQuestion, A>;

const cell = (value: number) => (Number.isFinite(value) ? value : null);

export function tableOf(drawn: Drawn<GradCamAnswer>): ViewTable {
  const { answer } = drawn;
  const name = (i: number) => drawn.nets[i]?.name ?? '';
  switch (answer.kind) {
    case 'gradCam':
      return {
        head: words.heads.gradCam,
        rows: answer.nets.flatMap((own, n) =>
          (own?.heats ?? []).map((heat, i) => {
            const { number, label } = answer.images[i]!;
            const facts = heatFacts(large(heat, own!.side));
            return [
              name(n),
              number ?? words.own,
              label === null ? null : (classNames[label] ?? label),
              own!.layer,
              words.className(heat.answer),
              heat.target === null ? null : words.className(heat.target),
              ...[heat.logit, heat.probability, facts.highest, facts.x, facts.y, facts.share].map(cell),
            ];
          }),
        ),
      };
    case 'maps':
      return {
        head: words.heads.maps,
        rows: answer.nets.flatMap((own, n) =>
          own
            ? Array.from(own.means, (mean, c) => [name(n), own.layer, c, ...[mean, own.largest[c]!, own.zeros[c]!].map(cell)]) // prettier-ignore
            : [],
        ),
      };
    case 'filters':
      return {
        head: words.heads.filters,
        rows: answer.nets.flatMap((own, n) =>
          filtersOf(own).map((filter, f) => {
            const { norm, means, colour } = filterFacts(filter);
            return [name(n), f, ...[norm, ...means, colour / norm ** 2].map(cell)];
          }),
        ),
      };
  }
}

export function summaryOf({ nets, question, answer }: Drawn<GradCamAnswer>): string {
  switch (answer.kind) {
    case 'gradCam':
      return ofHeat({ nets, question, answer });
    case 'maps':
      return ofMaps({ nets, question, answer });
    case 'filters':
      return ofFilters({ nets, question, answer });
  }
}

function ofHeat({ nets, answer }: Drawn<CamAnswer>): string {
  const looked = answer.nets.flatMap((own, i) => {
    const share = own ? meanOf(own.heats.map((heat) => heatFacts(large(heat, own.side)).share)) : NaN;
    return own ? [{ i, name: nets[i]?.name ?? '', share }] : [];
  });
  if (looked.length === 0) return words.summaries.none;
  const pairs = looked.flatMap(({ i, name: a }, at) =>
    looked.slice(at + 1).map(({ i: j, name: b }) => ({ a, b, correlation: likeness(answer, i, j) })),
  );
  return (
    words.summaries.cover(answer.images.length, looked) +
    words.summaries.agree(pairs.filter((pair) => Number.isFinite(pair.correlation)))
  );
}

function ofMaps({ nets, answer }: Drawn<MapsAnswer>): string {
  const looked = answer.nets.flatMap((own, i) =>
    own
      ? [
          {
            name: nets[i]?.name ?? '',
            layer: own.layer,
            channels: own.channels,
            empty: own.zeros.filter((share) => share > 1 - 1e-9).length,
            zeros: meanOf([...own.zeros]),
          },
        ]
      : [],
  );
  return looked.length === 0 ? words.summaries.none : words.summaries.maps(answer.image, looked);
}

function ofFilters({ nets, answer }: Drawn<FiltersAnswer>): string {
  return words.summaries.filters(
    answer.nets.map((own, i) => {
      const facts = filtersOf(own).map(filterFacts);
      const squares = facts.reduce((sum, { norm }) => sum + norm ** 2, 0);
      const colour = facts.reduce((sum, one) => sum + one.colour, 0);
      return { name: nets[i]?.name ?? '', colour: colour / squares };
    }),
  );
}
