// A tiny corpus in memory: two reports and a news story about the same place, for unit tests.

import type { Document, DocumentInfo } from "../../src/types.ts";

/** A document from its text. */
export function textDocument(id: string, text: string, info: Partial<DocumentInfo> = {}): Document {
  return { info: { id, file: `${id}.txt`, title: id, sha256: "0", ...info }, text, pages: [] };
}

export const OLD_REPORT = textDocument(
  "report-2014",
  `Fenmere Council

Inspection of children's services

The judgements are:
1. Adoption performance	Good
2. Care leavers	Requires improvement

Help and protection

1. The emergency duty team lacks capacity to meet demand at night. Managers know this.
2. In March 2014, 62% of care leavers were not in education, employment or training (NEET), compared to a national average of 42%. The rate was 55% in 2013.
3. Foster carers are well supported. However, supervision is not always frequent.
4. The council received an improvement notice because child protection plans were poor.

Areas for improvement

5. Plans should be specific.
6. Advocacy should be offered to all children.
`,
  {
    title: "Fenmere Council: Inspection of children's services",
    published: "2014-08-08",
    publisher: "Ofsted",
    kind: "inspection report",
  },
);

export const NEW_REPORT = textDocument(
  "report-2019",
  `Fenmere Council

Inspection of children's services

1. The emergency duty team now has enough staff. Adoption performance is outstanding.
2. In March 2019, 38% of care leavers were NEET.
`,
  {
    title: "Fenmere Council: Inspection of children's services",
    published: "2019-03-01",
    publisher: "Ofsted",
    kind: "inspection report",
  },
);

export const STORY = textDocument(
  "story-2013",
  `Fenmere warned over child protection

Councillor Ann Hall, chair of the children's committee, said: "We accept the findings."

Here is a list of the failing councils:

  • Fenmere
  • Oxbridge
  • Wexcombe
`,
  { title: "Fenmere warned over child protection", published: "2013-10-15", kind: "news article" },
);

export const CORPUS: readonly Document[] = [OLD_REPORT, NEW_REPORT, STORY];
