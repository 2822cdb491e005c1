/** Learning-rate schedules. */
import type { ScheduleConfig } from './config.ts';

/** What a schedule may look at before a step. */
export interface Progress {
  /** Steps already taken. */
  readonly step: number;
  /** The share of the budget that is spent, 0 to 1, in whatever unit the budget has. */
  readonly spent: number;
  /** Mean training error of the last {@link ERROR_WINDOW} steps, 0 to 1; 1 before there are that many. */
  readonly recentError: number;
}

/** Steps over which the training error is averaged when a warm-up waits for it. */
export const ERROR_WINDOW = 100;

export interface Schedule {
  /** The learning rate of the step that comes next. Called once a step, in order. */
  rate(progress: Progress): number;
  /** Whether the warm-up is over: the one thing a schedule remembers, kept by checkpoints. */
  warmedUp: boolean;
}

/**
 * The schedule that multiplies the base rate by 1 (constant), by `factor` at every milestone passed (steps; He et al.
 * 2015, section 4.2), or by half a cosine of the budget spent. A warm-up replaces the rate until it ends; the
 * schedule counts on underneath, as the paper does for depth 110.
 */
export function createSchedule(config: ScheduleConfig, baseRate: number): Schedule {
  const { warmUp } = config;
  const schedule: Schedule = {
    warmedUp: warmUp === undefined,
    rate(progress) {
      if (!schedule.warmedUp && warmUp) {
        const over =
          warmUp.steps !== undefined
            ? progress.step >= warmUp.steps
            : progress.recentError < (warmUp.untilError ?? 1);
        if (!over) return warmUp.learningRate;
        schedule.warmedUp = true;
      }
      return baseRate * multiplier(config, progress);
    },
  };
  return schedule;
}

function multiplier(config: ScheduleConfig, { step, spent }: Progress): number {
  switch (config.type) {
    case 'constant':
      return 1;
    case 'steps':
      return config.factor ** config.milestones.filter((milestone) => step >= milestone).length;
    case 'cosine':
      return 0.5 * (1 + Math.cos(Math.PI * Math.min(1, spent)));
  }
}
