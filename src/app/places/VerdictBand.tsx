import type { App } from '../state/App.ts';
import { useApp } from '../state/hooks/AppContext.ts';
import { NextThing } from '../verdict/NextThing.tsx';
import type { Suggestion } from '../verdict/nextThings.ts';
import { VerdictPanel } from '../verdict/VerdictPanel.tsx';
import { YourAnswer } from '../verdict/YourAnswer.tsx';

/** What each suggestion does. */
const follow: Readonly<Record<Suggestion['kind'], (app: App, suggestion: Suggestion) => void>> = {
  'train-new': (app) => void app.trainNew(),
  'add-twins': (app) => void app.addTwinsAndTrain(),
  'add-net': (app) => void app.addLane(),
  'next-seed': (app) => void app.trainNextSeeds(1),
  longer: (app, suggestion) => suggestion.kind === 'longer' && void app.trainLonger(suggestion.factor),
  'lower-rate': (app) => void app.lowerRate(),
  'open-recording': (app) => app.showRuns('recorded'),
};

/** Below the canvas: what was answered, what came out, and what to do next. */
export function VerdictBand() {
  const app = useApp();
  return (
    <div className="verdict-band">
      <div>
        <YourAnswer />
        <VerdictPanel />
      </div>
      <NextThing onChoose={(suggestion) => follow[suggestion.kind](app, suggestion)} />
    </div>
  );
}
