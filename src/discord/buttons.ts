// Buttons and their custom_ids, `action:argument`. The argument is an answer's key, under which the state
// keeps what the button needs, so that it works after a restart; or a page's number.

import { ButtonStyle, ComponentType } from "discord.js";
import type { APIActionRowComponent, APIButtonComponent } from "discord.js";

/** Every button's label. */
export const LABELS = {
  whole: "Whole passage",
  context: "Show context",
  more: "More passages",
  right: "Right",
  wrong: "Wrong",
  newer: "Newer",
  older: "Older",
} as const;

export type Action = keyof typeof LABELS;
export type ButtonRow = APIActionRowComponent<APIButtonComponent>;

/** One row of buttons, at most five; none for no actions. */
export function buttonRow(actions: readonly Action[], argument: (action: Action) => string): ButtonRow[] {
  if (actions.length === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: actions.map((action) => ({
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: LABELS[action],
        custom_id: `${action}:${argument(action)}`,
      })),
    },
  ];
}

/** What a custom_id says; null for one that isn't of this bot's making. */
export function readButton(customId: string): { action: Action; argument: string } | null {
  const [action = "", argument = ""] = customId.split(/:(.*)/s);
  return Object.hasOwn(LABELS, action) ? { action: action as Action, argument } : null;
}
