import { ERROR_WINDOW } from '../model/schedule.ts';

/** The mean error of the last steps, for a warm-up that ends by it. */
export class ErrorWindow {
  private readonly errors: number[];

  /** Goes on with the `errors` of the steps before. */
  constructor(errors: readonly number[] = []) {
    this.errors = [...errors];
  }

  push(error: number): void {
    this.errors.push(error);
    if (this.errors.length > ERROR_WINDOW) this.errors.shift();
  }

  /** What a window of the same steps is made of. */
  get values(): readonly number[] {
    return [...this.errors];
  }

  /** A share, 0 to 1; 1 while there are too few steps. */
  get mean(): number {
    if (this.errors.length < ERROR_WINDOW) return 1;
    return this.errors.reduce((sum, error) => sum + error, 0) / ERROR_WINDOW;
  }
}
