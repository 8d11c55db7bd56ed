// A setting's value -> an open model, one way for all three kinds: the bundled model, a folder, a hub
// model. A hub model is fetched into the cache first (download.ts), so that each of them is a folder
// with a model; how it is run is the caller's. Nothing is remembered: a failed call can be repeated.

import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, isAbsolute, join, resolve } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { downloadModel, TOKENIZER_FILES } from "./download.ts";
import type { DownloadProgress } from "./fetch-file.ts";
import { modelId } from "./identity.ts";
import { type ModelSettings, onnxFile, readSettings } from "./models.ts";
import type { ModelSetting } from "./setting.ts";

export interface ModelOptions {
  /** `bundled` where there is such a model, a folder, or `owner/name` on the hub. */
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

/** Where a model is. */
export interface Source {
  readonly kind: "bundled" | "local" | "hub";
  readonly name: string;
  readonly folder: string;
}

/**
 * Opens the model with `open`, which is given its folder and settings; the result has an id beside what
 * `open` resolved to. Only a hub model that isn't in the cache yet makes requests. Rejects with
 * `UserError` when the model isn't there, can't be downloaded, or `open` rejects.
 */
export async function openModel<T extends object>(
  options: ModelOptions,
  setting: ModelSetting,
  open: (source: Source, settings: ModelSettings) => Promise<T>,
): Promise<T & { readonly id: string }> {
  const source = locate(options, setting);
  const { kind, name, folder } = source;
  const hubName = kind === "hub" ? name : null;
  if (kind === "hub") await downloadModel({ ...options, folder, setting });

  const settings = await readSettings(folder, hubName);
  const onnx = onnxFile(settings);
  const files = [onnx, ...TOKENIZER_FILES];
  for (const file of ["config.json", ...files]) {
    if (!existsSync(join(folder, file)))
      throw new UserError(`${missing(source, setting, file)} ${remedy(source, setting)}`);
  }
  if (existsSync(join(folder, `${onnx}_data`))) files.push(`${onnx}_data`);

  try {
    const [opened, id] = await Promise.all([
      open(source, settings),
      modelId(name, folder, files, settings, kind === "hub"),
    ]);
    return { id, ...opened };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `The ${setting.role} in ${folder} can't be opened: ${messageOf(error).trim().replace(/\.$/, "")}. ${remedy(source, setting)}`,
      { cause: error },
    );
  }
}

/**
 * What the setting's value means: a name for the id, and the folder that holds the model, or will once it
 * is downloaded. Throws `UserError` for a value that can't be any of the three.
 */
export function locate(
  { model, projectDir, cacheDir }: Pick<ModelOptions, "model" | "projectDir" | "cacheDir">,
  { variable, unset, bundled }: ModelSetting,
): Source {
  if (bundled !== undefined && model === "bundled")
    return { kind: "bundled", name: model, folder: join(projectDir, bundled) };
  const path = resolve(projectDir, model.replace(/^~(?=$|[/\\])/, homedir()));
  if (/^(\.{1,2}|~)?([/\\]|$)/.test(model) || isAbsolute(model) || isFolder(path)) {
    return { kind: "local", name: basename(path), folder: path };
  }
  if (/^\w[\w.-]*\/\w[\w.-]*$/.test(model)) {
    return { kind: "hub", name: model, folder: join(cacheDir, model) };
  }
  const expected = [
    ...(bundled === undefined ? [] : [`"bundled"`]),
    "a folder (./my-model)",
    "a model of the hub (owner/name)",
  ];
  throw new UserError(
    `${variable}: expected ${expected.slice(0, -1).join(", ")} or ${expected.at(-1)}, got "${model}". Correct it, or unset it ${unset}.`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function missing({ kind, folder }: Source, { role }: ModelSetting, file: string): string {
  const what = { bundled: `The bundled ${role}`, local: `The ${role}`, hub: `The downloaded ${role}` }[kind];
  return isFolder(folder)
    ? `${what} in ${folder} has no ${file}.`
    : `${what} isn't there: no folder ${folder}.`;
}

function remedy({ kind, folder }: Source, { variable, unset, bundled }: ModelSetting): string {
  switch (kind) {
    case "bundled":
      return `Restore ${bundled} from the repository (git checkout -- ${bundled}).`;
    case "local":
      return `A model's folder holds config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx (or onnx/model_quantized.onnx). Correct ${variable}, or unset it ${unset}.`;
    case "hub":
      return `Delete ${folder} to have it downloaded again, or unset ${variable} ${unset}.`;
  }
}
