// Dates on the command line: as far as they are known.

import { checked, type Option } from "./args.ts";

const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/** An option that takes `2014`, `2014-08` or `2014-08-08`. */
export function choiceOfDate(about: string): Option<string | undefined> {
  return checked("DATE", about, "a date such as 2014, 2014-08 or 2014-08-08", (given) =>
    DATE.test(given) ? given : undefined,
  );
}
