// A fair queue: tasks of many owners, few at a time, the owners taking turns, so that one who asks much
// doesn't keep the others waiting. Tasks of one owner run in order.

export interface FairQueue {
  /** Runs `task` when its turn comes; settles as it does. */
  run<T>(owner: string, task: () => Promise<T>): Promise<T>;
  /** Tasks waiting or running. */
  readonly size: number;
}

/** At most `concurrency` tasks run at once, never two of one owner. */
export function fairQueue(concurrency: number): FairQueue {
  const waiting = new Map<string, (() => Promise<void>)[]>();
  const busy = new Set<string>();
  let size = 0;

  const next = (): void => {
    for (const [owner, tasks] of waiting) {
      if (busy.size >= concurrency) return;
      if (busy.has(owner)) continue;
      const task = tasks.shift();
      if (tasks.length === 0) waiting.delete(owner);
      if (task === undefined) continue;
      busy.add(owner);
      void task().then(() => {
        busy.delete(owner);
        // Whoever has had a turn goes to the end of the line.
        const more = waiting.get(owner);
        if (more !== undefined && waiting.delete(owner)) waiting.set(owner, more);
        next();
      });
    }
  };

  return {
    get size() {
      return size;
    },
    async run(owner, task) {
      size++;
      try {
        return await new Promise((resolve, reject) => {
          const started = async (): Promise<void> => {
            await Promise.resolve().then(task).then(resolve, reject);
          };
          waiting.set(owner, [...(waiting.get(owner) ?? []), started]);
          next();
        });
      } finally {
        size--;
      }
    },
  };
}
