// What stands in an index about refusal: the thresholds in force for it, the rates that they were fitted
// for, and what became of questions put to this very corpus (indexing/calibrate.ts). An index and its
// thresholds are one: whoever opens the one has the other.

export interface Thresholds {
  /** Probability that the documents answer at all; below this: `none`. */
  readonly refuse: number;
  /** Probability that the first passage answers; from here on: `answer`. */
  readonly assert: number;
}

/** What thresholds are fitted for: shares of the questions that the documents answer. */
export interface StatedRates {
  /** Refused. */
  readonly refused: number;
  /** Refused or shown as unsure. */
  readonly notAsserted: number;
}

/** What became of questions of one kind. */
export interface Probed {
  readonly asked: number;
  /** Outcome `none`. */
  readonly refused: number;
  /** Outcome `answer`. */
  readonly asserted: number;
  /** The first few that did not end as they should. */
  readonly wrong: readonly string[];
}

export interface StoredCalibration {
  /** `Models.id` of what judged: with other models these thresholds mean nothing. */
  readonly models: string;
  /** Null where none are fitted to the encoder, and a guess stands in. */
  readonly thresholds: Thresholds | null;
  readonly stated: StatedRates;
  /** Passages that came or went since it was asked: a few change nothing. */
  readonly since: number;
  /** Questions about something else, which should not be answered without doubt. */
  readonly offTopic: Probed;
  /** Questions made of the documents' own passages, which should be answered. `first`: by that passage first. */
  readonly own: Probed & { readonly first: number };
}
