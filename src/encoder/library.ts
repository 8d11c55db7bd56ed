// The one place that loads transformers.js: late (on first use), quickly, and without a way to the
// network. What is done with it is left to session.ts and reranker.ts.

type Library = typeof import("@xenova/transformers");

/** The library; every model is opened from a folder, so nothing in it may make a request. */
export async function loadLibrary(): Promise<Library> {
  const library = await importLibrary();
  const { env } = library;
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.fetch = (input) =>
    Promise.reject(new Error(`No request expected, but one was made for ${String(input)}`));
  env.logLevel = library.LogLevel.ERROR;
  return library;
}

/**
 * tsx, which runs the scripts on Node 20, rewrites every module that it loads, and with these 1.3 MB
 * that takes half a second, for nothing: they are plain JavaScript. It passes over modules of another
 * namespace than its own; to Node itself the query means nothing.
 */
function importLibrary(): Promise<Library> {
  const underTsx = process.execArgv.some((argument) => /\btsx\b/.test(argument));
  if (!underTsx) return import("@xenova/transformers");
  const url = `${import.meta.resolve("@xenova/transformers")}?tsx-namespace=untouched`;
  return import(url) as Promise<Library>;
}
