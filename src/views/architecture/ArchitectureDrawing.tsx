import { useState } from 'react';
import { useLayerChoice } from '../../app/inside/layerChoice.ts';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered } from '../../app/inside/view.ts';
import type { ArchitectureAnswer, ArchitectureQuestion } from './architecture.ts';
import './architecture.css';
import { columnsOf } from './columns.ts';
import { architecture as words } from './enArchitecture.ts';
import { LayerChooser } from './LayerChooser.tsx';
import { LayerFacts } from './LayerFacts.tsx';
import { NetRow, rowHeight } from './NetRow.tsx';
import { netPlan, unitNames, unitOf, type NetPlan, type Unit } from './netPlan.ts';
import { STAGES_HEIGHT, StageNames } from './StageNames.tsx';

/** The nets below each other in the same columns, the layer that is chosen in them, and what it is. */
export function ArchitectureDrawing({ nets, question }: Answered<ArchitectureQuestion, ArchitectureAnswer>) {
  const { layer, choose } = useLayerChoice();
  const [pointed, point] = useState<string | null>(null);
  const plans = nets.map(({ model }) => netPlan(model));
  const names = unitNames(plans);
  const chosen = firstUnit(plans, layer);
  const shown = chosen ?? usual(plans);
  const row = rowHeight(question.unfolded);
  return (
    <>
      <LayerChooser names={names} layer={chosen?.name ?? null} choose={choose} />
      <LayerFacts nets={nets} plans={plans} layer={pointed ?? shown?.name ?? null} />
      <Picture
        label={words.label(nets.map(({ name }) => name))}
        height={() => STAGES_HEIGHT + nets.length * row}
      >
        {(width) => {
          const columns = columnsOf(plans, width, question.equal, shown ?? null);
          return (
            <g onPointerLeave={() => point(null)}>
              <StageNames plans={plans} columns={columns} />
              {nets.map((net, i) => {
                const plan = plans[i];
                return (
                  plan && (
                    <NetRow
                      key={net.id}
                      net={net}
                      plan={plan}
                      columns={columns}
                      shown={shown ?? null}
                      chosen={chosen?.name ?? null}
                      pointed={pointed}
                      isUnfolded={question.unfolded}
                      top={STAGES_HEIGHT + i * row}
                      width={width}
                      onPoint={point}
                      onChoose={choose}
                    />
                  )
                );
              })}
            </g>
          );
        }}
      </Picture>
    </>
  );
}

/** The layer of this name in the first net that has it. */
const firstUnit = (plans: readonly NetPlan[], name: string | null): Unit | undefined =>
  plans.flatMap((plan) => unitOf(plan, name) ?? [])[0];

/** What is unfolded before a layer is chosen: where the shape changes first. */
const usual = (plans: readonly NetPlan[]): Unit | undefined =>
  plans.flatMap(({ stages }) => stages.flat().find(({ changesShape }) => changesShape)?.way[0] ?? [])[0];
