// A hub model's name -> its files in the cache folder, only those that are needed. A folder that has
// them causes no request at all. One file's transfer is left to fetch-file.ts, opening to session.ts.

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { FetchError, fetchFile, type DownloadProgress } from "./fetch-file.ts";
import { knownSettings, onnxFile, POOLING_FILE, readSettings, SETTINGS_FILE } from "./models.ts";
import type { ModelSetting } from "./setting.ts";

export interface DownloadOptions {
  /** `owner/name` on the hub. */
  readonly model: string;
  /** What names the model, for messages. */
  readonly setting: ModelSetting;
  /** Where its files go; made when missing. */
  readonly folder: string;
  /** The hub's address, without a slash at the end. */
  readonly hubUrl: string;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Pause before the first of three further tries, in milliseconds (500); it doubles each time. */
  readonly retryDelayMs?: number | undefined;
}

/** What every model needs beside its ONNX file. */
export const TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json"] as const;

/** Downloads under way in this process, by folder: two callers share one. Ended ones are forgotten. */
const underWay = new Map<string, Promise<void>>();

/**
 * Makes sure that `folder` holds the model. Other processes may do the same at the same time. Rejects
 * with `UserError` naming the model, the hub and the ways out; a later call starts where it broke off.
 */
export function downloadModel(options: DownloadOptions): Promise<void> {
  const running = underWay.get(options.folder);
  if (running !== undefined) return running;
  const download = downloadFiles(options).finally(() => underWay.delete(options.folder));
  underWay.set(options.folder, download);
  return download;
}

async function downloadFiles(options: DownloadOptions): Promise<void> {
  const { model, folder } = options;
  const required = async () => [
    "config.json",
    ...TOKENIZER_FILES,
    onnxFile(await readSettings(folder, model)), // last: once it is there, everything is
  ];
  const has = (file: string) => existsSync(join(folder, file));
  if ((await required()).every(has)) return;

  // Known models have their settings here and all in one file.
  const unknown = knownSettings(model) === undefined;
  const optional = unknown ? [SETTINGS_FILE, POOLING_FILE] : [];
  for (const file of optional) await downloadFile(file, options);
  const files = await required();
  if (unknown) await downloadFile(`${files.at(-1)}_data`, options);
  for (const file of files) {
    if (await downloadFile(file, options)) continue;
    throw failure(
      options,
      `it has no file ${file}`,
      unknown && file.startsWith("onnx/")
        ? `choose a model that has one (those of Xenova and onnx-community do)`
        : "check the model's name",
    );
  }
}

/** Whether the file is there now. */
async function downloadFile(file: string, options: DownloadOptions): Promise<boolean> {
  const { model, folder, hubUrl, onProgress, retryDelayMs = 500 } = options;
  const path = join(folder, file);
  if (existsSync(path)) return true;
  try {
    await mkdir(dirname(path), { recursive: true });
    return await fetchFile(`${hubUrl}/${model}/resolve/main/${file}`, path, {
      retryDelayMs,
      onProgress: (received, total) => onProgress?.({ file, received, total }),
    });
  } catch (error) {
    if (error instanceof FetchError) {
      const refused = error.status === 401 || error.status === 403;
      throw failure(
        options,
        `${error.message} for ${file}`,
        refused ? "check the model's name (the hub answers so for private and for unknown models)" : null,
      );
    }
    throw new UserError(
      `The model "${model}" can't be kept in ${folder}: ${messageOf(error)}. Make room there, or set MODEL_CACHE_DIR to another folder.`,
    );
  }
}

function failure(
  { model, hubUrl, setting: { variable, unset } }: DownloadOptions,
  reason: string,
  first: string | null,
): UserError {
  const ways = [
    first,
    `unset ${variable} ${unset}`,
    `put the model's files in a folder and name that (${variable}=./my-model)`,
    "set HUB_URL to a mirror",
  ].filter((way) => way !== null);
  const host = new URL(hubUrl).host;
  return new UserError(
    `The model "${model}" can't be downloaded from ${host}: ${reason}. Ways out: ${ways.join("; ")}.`,
  );
}
