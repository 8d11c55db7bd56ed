// ENCODER_MODEL's value -> an open encoder, one way for all three kinds: the bundled model, a folder, a
// hub model. A hub model is fetched into the cache first (download.ts), so that each of them is a folder
// with a model; running it is left to session.ts. Nothing is remembered: a failed call can be repeated.

import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, isAbsolute, join, resolve } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import type { Encoder } from "../types.ts";
import { downloadModel, TOKENIZER_FILES } from "./download.ts";
import type { DownloadProgress } from "./fetch-file.ts";
import { modelId } from "./identity.ts";
import { onnxFile, readSettings } from "./models.ts";
import { openSession } from "./session.ts";

export interface EncoderOptions {
  /** `bundled`, a folder, or `owner/name` on the hub. */
  readonly model: string;
  /** The project's folder, absolute: home of the bundled model, and where relative folders begin. */
  readonly projectDir: string;
  /** Hub models are kept in `<cacheDir>/<owner>/<name>`. */
  readonly cacheDir: string;
  /** The hub's address, without a slash at the end. */
  readonly hubUrl: string;
  /** Called for every piece of a download. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** See `DownloadOptions`. */
  readonly retryDelayMs?: number | undefined;
}

/** Where the bundled model is, within the project. */
export const BUNDLED_FOLDER = "models/encoder";

interface Source {
  readonly kind: "bundled" | "local" | "hub";
  readonly name: string;
  readonly folder: string;
}

/**
 * Opens the encoder. Only a hub model that isn't in the cache yet makes requests. Rejects with
 * `UserError` when the model isn't there, can't be downloaded, or can't be run.
 */
export async function openEncoder(options: EncoderOptions): Promise<Encoder> {
  const source = locate(options);
  const { kind, name, folder } = source;
  const hubName = kind === "hub" ? name : null;
  if (kind === "hub") await downloadModel({ ...options, folder });

  const settings = await readSettings(folder, hubName);
  const onnx = onnxFile(settings);
  const files = [onnx, ...TOKENIZER_FILES];
  for (const file of ["config.json", ...files]) {
    if (!existsSync(join(folder, file))) throw new UserError(`${missing(source, file)} ${remedy(source)}`);
  }
  if (existsSync(join(folder, `${onnx}_data`))) files.push(`${onnx}_data`);

  try {
    const [session, id] = await Promise.all([
      openSession(folder, settings, kind === "bundled" ? 1 : undefined),
      modelId(name, folder, files, settings, kind === "hub"),
    ]);
    if (settings.dimensions !== null && session.dimensions !== settings.dimensions) {
      throw new Error(`its vectors have ${session.dimensions} numbers, not ${settings.dimensions}`);
    }
    return { id, ...session };
  } catch (error) {
    throw new UserError(
      `The encoder in ${folder} can't be opened: ${messageOf(error).trim().replace(/\.$/, "")}. ${remedy(source)}`,
      { cause: error },
    );
  }
}

/**
 * What ENCODER_MODEL's value means: a name for the index, and the folder that holds the model, or will
 * once it is downloaded. Throws `UserError` for a value that can't be any of the three.
 */
export function locate({ model, projectDir, cacheDir }: EncoderOptions): Source {
  if (model === "bundled") return { kind: "bundled", name: model, folder: join(projectDir, BUNDLED_FOLDER) };
  const path = resolve(projectDir, model.replace(/^~(?=$|[/\\])/, homedir()));
  if (/^(\.{1,2}|~)?([/\\]|$)/.test(model) || isAbsolute(model) || isFolder(path)) {
    return { kind: "local", name: basename(path), folder: path };
  }
  if (/^\w[\w.-]*\/\w[\w.-]*$/.test(model)) {
    return { kind: "hub", name: model, folder: join(cacheDir, model) };
  }
  throw new UserError(
    `ENCODER_MODEL: expected "bundled", a folder (./my-model) or a model of the hub (owner/name), got "${model}"`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function missing({ kind, folder }: Source, file: string): string {
  const what = { bundled: "The bundled encoder", local: "The encoder", hub: "The downloaded encoder" }[kind];
  return isFolder(folder)
    ? `${what} in ${folder} has no ${file}.`
    : `${what} isn't there: no folder ${folder}.`;
}

function remedy({ kind, folder }: Source): string {
  switch (kind) {
    case "bundled":
      return `Restore ${BUNDLED_FOLDER} from the repository (git checkout -- ${BUNDLED_FOLDER}).`;
    case "local":
      return "A model's folder holds config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx (or onnx/model_quantized.onnx). Correct ENCODER_MODEL, or unset it for the bundled encoder.";
    case "hub":
      return `Delete ${folder} to have it downloaded again, or unset ENCODER_MODEL for the bundled encoder.`;
  }
}
