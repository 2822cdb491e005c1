/** What must not happen at once on the page's storage. */

/** Begins `act` when all that was asked for before has ended, however it ended. */
export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

export function takingTurns(): InTurn {
  let before: Promise<unknown> = Promise.resolve();
  return (act) => {
    const turn = before.then(act);
    before = turn.catch(() => undefined);
    return turn;
  };
}
