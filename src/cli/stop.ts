// Ctrl-C -> a signal that work can end by, so that it leaves nothing half done behind. Pressed again, it
// ends the process at once.

/** A package runner may pass on what the terminal has sent already. Milliseconds. */
const ECHO = 500;

/** Why work ended that was told to stop. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Aborts with `Stopped` when the process is told to end. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = (): void => {
    if (first === 0) {
      first = Date.now();
      controller.abort(new Stopped("stopped"));
    } else if (Date.now() - first > ECHO) process.exit(130);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
