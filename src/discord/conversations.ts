// What each conversation remembers, so that a follow-up can be understood: its last turns, for a while.
// In memory; the interface is what a store on disk has to offer. What a follow-up means is left to the
// engine.

import type { Turn } from "../types.ts";

export interface Conversations {
  /** The remembered turns of a conversation, oldest first. */
  turns(conversation: string): readonly Turn[];
  add(conversation: string, turn: Turn): void;
}

export const CONVERSATION_DEFAULTS = {
  /** Turns kept of one conversation. */
  turns: 6,
  /** Minutes after its last turn that a conversation is forgotten. */
  minutes: 30,
  /** Conversations kept; the one longest silent is dropped. */
  conversations: 2000,
} as const;

/** Conversations that live as long as the process. `now` gives milliseconds. */
export function memoryConversations(
  limits: { turns: number; minutes: number; conversations: number } = CONVERSATION_DEFAULTS,
  now: () => number = Date.now,
): Conversations {
  // In order of their last turn.
  const kept = new Map<string, { turns: readonly Turn[]; at: number }>();
  const forget = (): void => {
    for (const [conversation, { at }] of kept) {
      if (kept.size <= limits.conversations && now() - at < limits.minutes * 60_000) break;
      kept.delete(conversation);
    }
  };
  return {
    turns(conversation) {
      forget();
      return kept.get(conversation)?.turns ?? [];
    },
    add(conversation, turn) {
      const turns = [...this.turns(conversation), turn].slice(-limits.turns);
      kept.delete(conversation);
      kept.set(conversation, { turns, at: now() });
      forget();
    },
  };
}
