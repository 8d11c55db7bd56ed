// Texts -> files. Folders are made when missing; what can't be written is told before an hour of
// questions has been asked.

import { access, constants, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf, UserError } from "../errors.ts";

/** Makes the file's folder. Throws `UserError` naming the file when it couldn't be written. */
export async function prepareFile(file: string): Promise<void> {
  const existing = await stat(file).catch(() => null);
  if (existing?.isDirectory()) throw new UserError(`${file}: is a folder; name a file.`);
  await attempt(file, async () => {
    await mkdir(dirname(file), { recursive: true });
    await access(existing === null ? dirname(file) : file, constants.W_OK);
  });
}

export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Writes the file whole. Throws `UserError` naming it when it can't. */
export async function writeText(file: string, text: string): Promise<void> {
  await prepareFile(file);
  await attempt(file, () => writeFile(file, text));
}

/** Does what writes the file. Throws `UserError` naming it when it can't be written. */
export async function attempt(file: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    throw new UserError(`${file}: can't be written (${messageOf(error)}).`);
  }
}
