// How often one may do something: a sliding window for each name, in memory. What is said to those who
// do more is left to asking.ts.

/** Seconds that `name` has to wait; 0 takes one from its allowance. */
export type RateLimiter = (name: string) => number;

/** At most `count` times in any `seconds` seconds for each name. `now` gives milliseconds. */
export function rateLimiter(count: number, seconds: number, now: () => number = Date.now): RateLimiter {
  const done = new Map<string, number[]>();
  let swept = now();
  return (name) => {
    const since = now() - seconds * 1000;
    if (swept < since) {
      for (const [other, times] of done) if ((times.at(-1) ?? 0) <= since) done.delete(other);
      swept = now();
    }
    const recent = (done.get(name) ?? []).filter((time) => time > since);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= count) {
      return Math.max(1, Math.ceil((oldest - since) / 1000));
    }
    done.set(name, [...recent, now()]);
    return 0;
  };
}
