// What stands before people's names: patterns' sources. Where a name is, and where no sentence ends.

/** Titles that may be written with a point. */
export const SHORT_TITLES = "Mrs?|Ms|Dr|Prof|Rev|Cllr|Hon";
/** Titles that are whole words. */
export const WHOLE_TITLES = "Miss|Sir|Dame|Lord|Lady|Baroness|Professor|Councillor";
