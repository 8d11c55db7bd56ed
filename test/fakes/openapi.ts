// Request bodies against Discord's own OpenAPI description, where the file is at hand: types, required
// fields, lengths. A small reader of the JSON Schema that the description uses; oneOf counts as anyOf.

import { existsSync, readFileSync } from "node:fs";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

interface Description {
  readonly paths: Record<
    string,
    Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>
  >;
  readonly components: { readonly schemas: Record<string, Schema> };
}

/** What is wrong with a body sent to `path`, an address with names in braces. */
export type BodyCheck = (method: string, path: string, body: unknown) => string[];

/** A check against the description in `file`; null where there is no such file. */
export function openApiCheck(file: string): BodyCheck | null {
  if (!existsSync(file)) return null;
  const description = JSON.parse(readFileSync(file, "utf8")) as Description;
  return (method, path, body) => {
    const operation = description.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) return [`${method} ${path} is not described`];
    const schema = operation.requestBody?.content["application/json"]?.schema;
    return schema === undefined ? [] : problems(description, schema, body, "body");
  };
}

function problems(description: Description, schema: Schema, value: unknown, at: string): string[] {
  const inner = (next: Schema, item: unknown = value, where = at): string[] =>
    problems(description, next, item, where);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    const target = description.components.schemas[name];
    return target === undefined ? [`${at}: no schema ${name}`] : inner(target);
  }
  const union = schema.oneOf ?? schema.anyOf;
  if (union !== undefined) {
    const tries = union.map((option) => inner(option));
    return tries.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }
  const found = (schema.allOf ?? []).flatMap((part) => inner(part));
  const types = schema.type === undefined ? [] : [schema.type].flat();
  // Permissions are numbers in strings; the description takes them for integers.
  if (at.endsWith("default_member_permissions") && typeof value === "string" && /^\d+$/.test(value))
    return found;
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) {
    return [...found, `${at} is ${JSON.stringify(value)?.slice(0, 60)}, not ${types.join(" or ")}`];
  }
  if (schema.const !== undefined && schema.const !== value)
    found.push(`${at} is not ${String(schema.const)}`);
  // Two of the description's enums are empty by mistake.
  if (schema.enum !== undefined && schema.enum.length > 0 && !schema.enum.includes(value)) {
    found.push(`${at} is not one of ${schema.enum.join(", ")}`);
  }
  if (typeof value === "string") found.push(...textProblems(schema, value, at));
  if (typeof value === "number") {
    if (value < (schema.minimum ?? value) || value > (schema.maximum ?? value))
      found.push(`${at}: ${value} is out of range`);
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) {
      found.push(`${at} has ${value.length} items`);
    }
    const { items } = schema;
    if (items !== undefined)
      found.push(...value.flatMap((item, index) => inner(items, item, `${at}[${index}]`)));
  } else if (typeof value === "object" && value !== null) {
    const object = value as Record<string, unknown>;
    for (const name of schema.required ?? []) if (!(name in object)) found.push(`${at}.${name} is missing`);
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      if (name in object) found.push(...inner(part, object[name], `${at}.${name}`));
    }
  }
  return found;
}

function textProblems(schema: Schema, value: string, at: string): string[] {
  return [
    ...(value.length < (schema.minLength ?? 0) ? [`${at} is too short`] : []),
    ...(value.length > (schema.maxLength ?? Infinity) ? [`${at} is too long`] : []),
    ...(schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)
      ? [`${at} has no such form`]
      : []),
  ];
}

function isOfType(type: string, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
