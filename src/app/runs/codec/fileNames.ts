/** What files of runs are called when they are saved. */
export const fileNames = { csv: 'residual-playground.csv', json: 'residual-playground.json' };
