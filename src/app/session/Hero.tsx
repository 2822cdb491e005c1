import { hero } from './enSession.ts';
import { TrainControl } from './TrainControl.tsx';

export function Hero() {
  return (
    <section className="hero">
      <div>
        <h1>{hero.heading}</h1>
        <p>{hero.text}</p>
      </div>
      <TrainControl />
    </section>
  );
}
