// English verbs whose past no rule of endings leads back to the verb: `led` -> `lead`. Forms that are other
// words as well are left out (`found`, `saw`, `ground`, `bound`, `bit`), and so are those that say little (`went`).

const VERBS = `
  arise arose arisen, bear borne, become became, begin began begun, break broke broken, bring brought, build built,
  buy bought, catch caught, choose chose chosen, come came, deal dealt, draw drew drawn, drink drank drunk,
  drive drove driven, eat ate eaten, fall fell fallen, feed fed, feel felt, fight fought, flee fled, fly flew flown,
  forbid forbade forbidden, foresee foresaw foreseen, forget forgot forgotten, forgive forgave forgiven,
  freeze froze frozen, give gave given, grow grew grown, hear heard, hide hid hidden, hold held, keep kept,
  know knew known, lay laid, lead led, leave left, lend lent, lose lost, make made, mean meant, meet met,
  mislead misled, mistake mistook mistaken, outgrow outgrew outgrown, overcome overcame, oversee oversaw overseen,
  overtake overtook overtaken, pay paid, rebuild rebuilt, repay repaid, rewrite rewrote rewritten, ride rode ridden,
  rise rose risen, run ran, see seen, seek sought, sell sold, send sent, shake shook shaken, shoot shot,
  show shown, shrink shrank shrunk, sit sat, sleep slept, speak spoke spoken, spend spent, stand stood,
  steal stole stolen, stick stuck, strike struck, swear swore sworn, take took taken, teach taught, tell told,
  think thought, throw threw thrown, undergo underwent undergone, understand understood, undertake undertook undertaken,
  uphold upheld, wake woke woken, wear worn, win won, withdraw withdrew withdrawn, withhold withheld, write wrote written`;

/** Past forms, in small letters -> the verb. */
export const IRREGULAR: ReadonlyMap<string, string> = new Map(
  VERBS.split(",").flatMap((verb) => {
    const [base, ...forms] = verb.trim().split(/\s+/);
    return forms.map((form): [string, string] => [form, base!]);
  }),
);
