// How often one user may ask: a sliding window, in memory. What is said to those who ask more is left to
// asking.ts.

/** Seconds that `user` has to wait; 0 takes one from the allowance. */
export type RateLimiter = (user: string) => number;

/** At most `questions` in any `seconds` seconds for each user. `now` gives milliseconds. */
export function rateLimiter(
  limits: { readonly questions: number; readonly seconds: number },
  now: () => number = Date.now,
): RateLimiter {
  const asked = new Map<string, number[]>();
  let swept = now();
  return (user) => {
    const since = now() - limits.seconds * 1000;
    if (swept < since) {
      for (const [other, times] of asked) if ((times.at(-1) ?? 0) <= since) asked.delete(other);
      swept = now();
    }
    const recent = (asked.get(user) ?? []).filter((time) => time > since);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= limits.questions) {
      return Math.max(1, Math.ceil((oldest - since) / 1000));
    }
    asked.set(user, [...recent, now()]);
    return 0;
  };
}
