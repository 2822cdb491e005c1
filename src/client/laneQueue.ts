/** Lanes that wait for a place: a device trains only so many at once. */
import { hasRoom, type Room } from '../model/room.ts';

interface Queued {
  readonly id: string;
  readonly bytes: number;
}

/** First come, first served: a small lane does not overtake a large one. A lane that finds nobody there always gets in. */
export class LaneQueue {
  #inside: readonly Queued[] = [];
  #waiting: readonly Queued[] = [];

  constructor(private readonly room: Pick<Room, 'lanes' | 'bytes'>) {}

  /** A lane comes. Returns whether it may start now. */
  add(lane: Queued): boolean {
    if (this.#waiting.length === 0 && this.#fits(lane)) {
      this.#inside = [...this.#inside, lane];
      return true;
    }
    this.#waiting = [...this.#waiting, lane];
    return false;
  }

  /** A lane goes, whether it trained or waited. Returns the ids of those that may start now. */
  remove(id: string): readonly string[] {
    this.#inside = this.#inside.filter((lane) => lane.id !== id);
    this.#waiting = this.#waiting.filter((lane) => lane.id !== id);
    const started: string[] = [];
    for (let next = this.#waiting[0]; next && this.#fits(next); next = this.#waiting[0]) {
      this.#waiting = this.#waiting.slice(1);
      this.#inside = [...this.#inside, next];
      started.push(next.id);
    }
    return started;
  }

  #fits({ bytes }: Queued): boolean {
    return hasRoom(
      this.room,
      this.#inside.map((lane) => lane.bytes),
      bytes,
    );
  }
}
