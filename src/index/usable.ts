// A version's manifest -> why this program can't answer from it though it is whole: another program or
// another encoder made it. What can be used again when the next version is made is indexing/previous.ts's
// business.

import { FORMAT, type Manifest, PARTS } from "./store.ts";

/** Why a version can't be used, to be put after its name; null when it can. `encoder` is `Encoder.id`. */
export function whyUnusable(manifest: Manifest, encoder: string): string | null {
  if (manifest.format !== FORMAT)
    return `was made in format ${manifest.format}, but this program reads format ${FORMAT}`;
  const { lexical } = manifest.parts;
  if (lexical !== PARTS.lexical)
    return `was made with version ${lexical} of the word index, but this program has version ${PARTS.lexical}`;
  if (manifest.encoder !== encoder)
    return `was made with the encoder ${manifest.encoder}, but this program uses ${encoder}`;
  return null;
}
