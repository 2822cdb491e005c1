/** The paper's own numbers for the nets that are shown, as horizontal lines of the error chart. */
import { modelName } from '../../../model/families.ts';
import { publishedError } from '../../../model/paper.ts';
import { curveSources } from '../sources/curveSources.ts';

export interface PaperReference {
  readonly id: string;
  /** "ResNet-56, paper"; "plain-56, paper, about" where it was read by eye off a figure. */
  readonly name: string;
  /** Test error after the whole recipe, 0 to 1. */
  readonly value: number;
}

/** `label` puts a net and whether its number is approximate into words. One for each net, in the order of the runs. */
export const paperReferences =
  (label: (net: string, approximate: boolean) => string) =>
  (state: Parameters<typeof curveSources>[0]): readonly PaperReference[] => {
    const models = curveSources(state).map(({ runs: [run] }) => run.config?.model);
    const references = models.flatMap((model) => {
      const published = model && publishedError(model);
      if (!published) return [];
      const net = modelName(model);
      const name = label(net, published.approximate);
      return [{ id: `paper ${net}`, name, value: published.testError / 100 }];
    });
    return references.filter(({ id }, i) => references.findIndex((other) => other.id === id) === i);
  };
