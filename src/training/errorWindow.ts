import { ERROR_WINDOW } from '../model/schedule.ts';

/** The mean error of the last steps, for a warm-up that ends by it. */
export class ErrorWindow {
  private readonly errors: number[] = [];

  push(error: number): void {
    this.errors.push(error);
    if (this.errors.length > ERROR_WINDOW) this.errors.shift();
  }

  /** A share, 0 to 1; 1 while there are too few steps. */
  get mean(): number {
    if (this.errors.length < ERROR_WINDOW) return 1;
    return this.errors.reduce((sum, error) => sum + error, 0) / ERROR_WINDOW;
  }
}
