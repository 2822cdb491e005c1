import type { Run } from '../../state/run.ts';
import { RunDetails } from './RunDetails.tsx';
import { placed, type RowPlace } from './rowPlace.ts';
import { useTable } from './tableContext.ts';

interface Props extends RowPlace {
  readonly run: Run;
  /** Tells how high it is, each time that changes. */
  readonly measure: ((element: HTMLElement | null) => void) | undefined;
}

/** What is known of a run, below its row. */
export function DetailsRow({ run, measure, ...place }: Props) {
  const { columnCount } = useTable();
  return (
    <tr ref={measure} {...placed(place)} data-details={run.id}>
      <td role="cell" colSpan={columnCount}>
        <RunDetails run={run} />
      </td>
    </tr>
  );
}
