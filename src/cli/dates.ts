// Dates on the command line: as far as they are known.

import { isPartialDate } from "../documents/dates.ts";
import { checked, type Option } from "./args.ts";

/** An option that takes `2014`, `2014-08` or `2014-08-08`. */
export function choiceOfDate(about: string): Option<string | undefined> {
  return checked("DATE", about, "a date such as 2014, 2014-08 or 2014-08-08", (given) =>
    isPartialDate(given) ? given : undefined,
  );
}
