// A static file server: what any host of the site does, and nothing more.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml",
};

/// The policy that the site promises to work under, as a host would send it.
export const STRICT = { "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };

/**
 * Serves `folder` under `prefix` on a free port of the loopback.
 *
 * `requests` collects the paths that were asked for.
 */
export async function serve(folder, { prefix = "/", headers = {} } = {}) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requests.push(path);
    const file = path.startsWith(prefix) && (await find(join(folder, normalize(path.slice(prefix.length - 1)))));
    if (file?.redirect) {
      response.writeHead(301, { location: `${path}/` }).end();
      return;
    }
    const missing = join(folder, "404.html");
    const body = file ? file.path : missing;
    response.writeHead(file ? 200 : 404, { "content-type": TYPES[extname(body)] ?? "application/octet-stream", "cache-control": "no-cache", ...headers });
    createReadStream(body).on("error", () => response.end()).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

async function find(path) {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return { path };
  if (!found?.isDirectory()) return null;
  if (!path.endsWith("/")) return { redirect: true };
  return find(join(path, "index.html"));
}
