// The one kind of error that is meant for people. Its message names the culprit and the remedy and
// is shown without a stack, with exit code 2. Everything else is a bug and is shown whole.

export class UserError extends Error {
  override readonly name = "UserError";
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Runs a door. A `UserError` is printed as one line on standard error and exits with 2; anything
 * else is printed with its stack and exits with 1.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  // Whoever reads the output may have read enough (`| head`): that is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    await main();
  } catch (error) {
    if (error instanceof UserError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
    } else {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}
