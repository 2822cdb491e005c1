import type { App } from '../state/App.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { phaseOf } from '../state/training.ts';
import { TwinsNote } from '../experiment/TwinsNote.tsx';
import { NextThing } from '../verdict/NextThing.tsx';
import { RecordedVerdict } from '../verdict/RecordedVerdict.tsx';
import type { Suggestion } from '../verdict/nextThings.ts';
import { VerdictPanel } from '../verdict/VerdictPanel.tsx';
import { YourAnswer } from '../verdict/YourAnswer.tsx';

function follow(app: App, suggestion: Suggestion): void {
  switch (suggestion.kind) {
    case 'train-new':
      return void app.trainNew();
    case 'add-twins':
      return void app.addTwinsAndTrain();
    case 'add-net':
      return void app.addLane();
    case 'next-seed':
      return void app.trainNextSeeds(1);
    case 'longer':
      return void app.trainLonger(suggestion.factor);
    case 'lower-rate':
      return void app.lowerRate();
    case 'switch-skips':
      return app.openDrawer({ kind: 'moment', run: suggestion.run, step: suggestion.step });
    case 'open-recording':
      return void app.watchRecorded(suggestion.preset);
  }
}

/** Below the canvas: what was answered, what came out, and what to do next. */
export function VerdictBand() {
  const app = useApp();
  const isIdle = useAppState((state) => phaseOf(state.training) === 'idle');
  return (
    <div className="verdict-band">
      <div>
        <YourAnswer brief />
        {/* Before anything trained, what was recorded is all that there is to say. */}
        {isIdle && <RecordedVerdict />}
        <VerdictPanel />
        {!isIdle && <RecordedVerdict />}
      </div>
      <NextThing onChoose={(suggestion) => follow(app, suggestion)} beside={{ 'add-twins': <TwinsNote /> }} />
    </div>
  );
}
