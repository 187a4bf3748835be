import { language } from "../words";
import type { paths } from "./contract";
import { Refusal } from "./refusal";

type Method = "get" | "post" | "put" | "patch" | "delete";
type Has<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];
type Json<R> = R extends { content: { "application/json": infer Body } } ? Body : undefined;
type Of<R, Code extends number> = Code extends keyof R ? Json<R[Code]> : never;
/** What a path answers when it does what it was asked. */
export type Answer<P extends keyof paths, M extends Method> = paths[P][M] extends {
  responses: infer R;
}
  ? Of<R, 200> | Of<R, 201> | Of<R, 202> | Of<R, 204>
  : never;

export interface Asked {
  /** The ids in the path, by the names that stand there in braces. */
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** Sent as it is, under its own type and name, instead of a body. */
  file?: File;
  /** The version that was seen; the town refuses when there is another by now. */
  seen?: string | undefined;
  /** Sent with what creates: a repeat under the same key does nothing twice. */
  key?: string;
  signal?: AbortSignal;
}

export interface Read<Body> {
  body: Body;
  etag: string | undefined;
}

/** Called when the session is over, wherever that is noticed. */
let onSignedOut: () => void = () => {};
export function whenSignedOut(what: () => void): void {
  onSignedOut = what;
}

/**
 * What was read, by language and address, so that a screen that looks again sends nothing twice. The browser
 * itself keeps no answer to who is signed in.
 */
const known = new Map<string, Read<unknown>>();
const mostKnown = 40;
export function forget(): void {
  known.clear();
}

function remember(name: string, read: Read<unknown>): void {
  known.delete(name);
  if (read.etag !== undefined) {
    known.set(name, read);
  }
  for (const oldest of known.keys()) {
    if (known.size <= mostKnown) {
      break;
    }
    known.delete(oldest);
  }
}

export function addressOf(path: string, asked: Asked): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(asked.path?.[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked.query ?? {})) {
    if (value !== undefined && value !== "") {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return text === "" ? filled : `${filled}?${text}`;
}

function headersOf(asked: Asked, etag: string | undefined): Record<string, string> {
  const headers: Record<string, string> = { "Accept-Language": language.value };
  if (etag !== undefined) {
    headers["If-None-Match"] = etag;
  }
  if (asked.file !== undefined) {
    headers["Content-Type"] = asked.file.type;
    headers["Content-Disposition"] =
      `attachment; filename*=UTF-8''${encodeURIComponent(asked.file.name)}`;
  } else if (asked.body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (asked.seen !== undefined) {
    headers["If-Match"] = asked.seen;
  }
  if (asked.key !== undefined) {
    headers["Idempotency-Key"] = asked.key;
  }
  return headers;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const problem: unknown = await response.json().catch(() => ({}));
  return new Refusal({ status: response.status, ...(problem as object) });
}

async function send(
  method: Method,
  path: string,
  asked: Asked,
  etag: string | undefined,
): Promise<Response> {
  const init: RequestInit = {
    method: method.toUpperCase(),
    headers: headersOf(asked, etag),
    credentials: "same-origin",
  };
  if (asked.file !== undefined) {
    init.body = asked.file;
  } else if (asked.body !== undefined) {
    init.body = JSON.stringify(asked.body);
  }
  if (asked.signal) {
    init.signal = asked.signal;
  }
  try {
    return await fetch(addressOf(path, asked), init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") {
      throw cause;
    }
    throw new Refusal({});
  }
}

async function call<Body>(method: Method, path: string, asked: Asked): Promise<Read<Body>> {
  const name = `${language.value} ${addressOf(path, asked)}`;
  const before = method === "get" ? known.get(name) : undefined;
  const response = await send(method, path, asked, before?.etag);
  if (response.status === 304 && before !== undefined) {
    return before as Read<Body>;
  }
  if (!response.ok) {
    const refusal = await refusalOf(response);
    if (refusal.code === "not_signed_in") {
      forget();
      onSignedOut();
    }
    throw refusal;
  }
  const isEmpty = response.status === 204;
  const body = (isEmpty ? undefined : await response.json()) as Body;
  const read = { body, etag: response.headers.get("ETag") ?? undefined };
  if (method === "get") {
    remember(name, read);
  }
  return read;
}

export interface ReadFile {
  content: Blob;
  etag: string | undefined;
}

/** A file that the town keeps, with the version that was read. */
export async function fileOf(path: string): Promise<ReadFile> {
  const response = await send("get", path, {}, undefined);
  if (!response.ok) {
    throw await refusalOf(response);
  }
  return { content: await response.blob(), etag: response.headers.get("ETag") ?? undefined };
}

/** The town over HTTP. Every method throws a `Refusal` for anything but success. */
export const town = {
  get: async <P extends Has<"get">>(path: P, asked: Asked = {}) =>
    (await call<Answer<P, "get">>("get", path, asked)).body,
  /** The same with the version that was read. */
  read: <P extends Has<"get">>(path: P, asked: Asked = {}) =>
    call<Answer<P, "get">>("get", path, asked),
  post: async <P extends Has<"post">>(path: P, asked: Asked = {}) =>
    (await call<Answer<P, "post">>("post", path, { body: {}, ...asked })).body,
  put: async <P extends Has<"put">>(path: P, asked: Asked = {}) =>
    (await call<Answer<P, "put">>("put", path, asked)).body,
  patch: async <P extends Has<"patch">>(path: P, asked: Asked = {}) =>
    (await call<Answer<P, "patch">>("patch", path, asked)).body,
  upload: async <P extends Has<"put">>(path: P, asked: Asked, file: File) =>
    (await call<Answer<P, "put">>("put", path, { ...asked, file })).body,
  remove: async <P extends Has<"delete">>(path: P, asked: Asked = {}) =>
    (await call<Answer<P, "delete">>("delete", path, asked)).body,
};
