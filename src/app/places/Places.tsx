import { nav } from './enPlaces.ts';
import { places } from '../state/place.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';

/** The way between the places. Buttons and not links: an address of the lab is its experiment, which may be unsound just now. */
export function Places() {
  const app = useApp();
  const here = useAppState((state) => state.place);
  return (
    <nav className="places" aria-label={nav.label}>
      {places.map((place) => (
        <button
          key={place}
          type="button"
          aria-current={place === here ? 'page' : undefined}
          onClick={() => app.goTo(place)}
        >
          {nav.names[place]}
        </button>
      ))}
    </nav>
  );
}
