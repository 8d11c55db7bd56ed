// The variables that name a model, and what messages say of each.

export interface ModelSetting {
  readonly variable: string;
  /** What the model is to the project. */
  readonly role: string;
  /** What unsetting the variable is good for: "unset it …". */
  readonly unset: string;
  /** The bundled model's folder within the project, where there is one. */
  readonly bundled?: string;
}

export const ENCODER = {
  variable: "ENCODER_MODEL",
  role: "encoder",
  unset: "for the bundled encoder",
  bundled: "models/encoder",
} as const satisfies ModelSetting;

export const RERANKER = {
  variable: "RERANKER_MODEL",
  role: "reranker",
  unset: "to do without",
} as const satisfies ModelSetting;
