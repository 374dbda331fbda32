// Makes packs of sites and unpacks them as Explorer would, by a reader of our own: what it does not understand, others may
// not understand either.

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';

const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const BINARY = path.resolve(process.env.NETSITE ?? path.join(REPOSITORY, 'target/debug/netsite'));
export const REAL = REPOSITORY;
export const FIXTURE = path.join(REPOSITORY, 'tests/browser/site');

/** What is packed stands in a folder of its own, since a pack keeps beside the site what the next can reuse. */
async function copied(root, temporary) {
  const site = path.join(temporary, 'site');
  await mkdir(site);
  await Promise.all(['netsite.yaml', 'content'].map((name) => cp(path.join(root, name), path.join(site, name), { recursive: true })));
  return site;
}

/** Packs a site; `folder` is the pack unpacked, `files` its paths, `remove` takes it away. */
export async function pack(root, ...options) {
  const temporary = await mkdtemp(path.join(tmpdir(), 'netsite pack ü-'));
  const archive = path.join(temporary, 'pack.zip');
  const site = await copied(root, temporary);
  await promisify(execFile)(BINARY, ['pack', '--root', site, '--output', archive, '--as-of', '2026-12-01', ...options]);
  const folder = path.join(temporary, 'pack');
  const files = await unpack(await readFile(archive), folder);
  return { folder, files, archive, remove: () => rm(temporary, { recursive: true, force: true }) };
}

/** Packs a site into one document; `folder` holds nothing else. */
export async function packSingleFile(root, ...options) {
  const temporary = await mkdtemp(path.join(tmpdir(), 'netsite single-'));
  const folder = path.join(temporary, 'pack');
  await mkdir(folder);
  const file = 'whole.html';
  const all = ['pack', '--single-file', '--root', await copied(root, temporary), '--output', path.join(folder, file), '--as-of', '2026-12-01', ...options];
  await promisify(execFile)(BINARY, all);
  return { folder, file, remove: () => rm(temporary, { recursive: true, force: true }) };
}

/** The paths in an archive, each written below a folder. */
async function unpack(bytes, folder) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  const paths = [];
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameSize, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const header = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameSize);
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const packed = bytes.subarray(start, start + size);
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, method === 8 ? inflateRawSync(packed) : packed);
    paths.push(name);
    at += 46 + nameSize + extra + comment;
  }
  return paths;
}
