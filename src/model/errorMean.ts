/** Steps over which a run's training error is averaged, wherever one number stands for it: in the verdict and in the table. */
export const ERROR_MEAN_STEPS = 50;
