// Hands out a folder on this machine under the strictest content security policy that a published site must work with.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
  "form-action 'self'", "base-uri 'none'",
].join('; ');

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.xml': 'application/xml', '.json': 'application/json', '.csv': 'text/csv', '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp', '.jpg': 'image/jpeg',
};

/** `?still` in an address takes a page's refresh out, so that a page that leads on can be looked at. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const found = await find(folder, decodeURIComponent(url.pathname));
    let body = await readFile(found.file);
    if (url.searchParams.has('still')) {
      body = body.toString().replace(/<meta http-equiv="refresh"[^>]*>/, '');
    }
    const type = TYPES[path.extname(found.file)] ?? 'application/octet-stream';
    response.writeHead(found.status, { 'Content-Type': type, 'Content-Security-Policy': POLICY });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function find(folder, address) {
  const file = path.join(folder, address, address.endsWith('/') ? 'index.html' : '');
  const isInside = file.startsWith(folder + path.sep);
  if (isInside && (await stat(file).catch(() => null))?.isFile()) {
    return { file, status: 200 };
  }
  return { file: path.join(folder, '404.html'), status: 404 };
}
