// Opens feeds as e-reader programs do, and prints what they would show as JSON.
//
// Arguments: the folder of node_modules, then the address of an OPDS 1.2 feed and of a 2.0 one.
// r2-opds-js is what Thorium Reader reads both kinds with; opds-feed-parser is that of a web
// client for libraries, which knows 1.2 alone. Of each feed the first e-book is fetched.
"use strict";

const { createHash } = require("node:crypto");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const [folder, atom, json] = process.argv.slice(2);
const ours = createRequire(join(folder, "r2-opds-js", "package.json"));
const from = (path) => ours(`r2-opds-js/dist/es8-es2017/src/opds/${path}`);

const { DOMParser } = ours("@xmldom/xmldom");
const { XML } = ours("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
const { TaJsonDeserialize } = ours("r2-lcp-js/dist/es8-es2017/src/serializable");
const { OPDS } = from("opds1/opds");
const { OPDSFeed } = from("opds2/opds2");
const { convertOpds1ToOpds2 } = from("converter");
const { initGlobalConverters_GENERIC, initGlobalConverters_OPDS } = from("init-globals");
const OPDSParser = createRequire(join(folder, "opds-feed-parser", "package.json"))("opds-feed-parser").default;

const OPEN = "http://opds-spec.org/acquisition/open-access";
const EPUB = "application/epub+zip";

async function body(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function shown(address, publications) {
  const resolved = publications.map((one) => ({
    ...one,
    links: one.links.map((link) => ({ ...link, href: new URL(link.href, address).href })),
    images: one.images.map((href) => new URL(href, address).href),
  }));
  const book = resolved.flatMap((one) => one.links).find((link) => link.type === EPUB);
  const sha256 = book ? createHash("sha256").update(await body(book.href)).digest("hex") : null;
  return { publications: resolved, sha256 };
}

const text = (value) => (typeof value === "string" ? value : (value && Object.values(value)[0]) || "");

function thorium(feed) {
  return (feed.Publications || []).map((one) => ({
    title: text(one.Metadata.Title),
    identifier: one.Metadata.Identifier,
    authors: (one.Metadata.Author || []).map((author) => text(author.Name)),
    languages: [].concat(one.Metadata.Language || []),
    links: one.Links.filter((link) => (link.Rel || []).includes(OPEN)).map((link) => ({
      href: link.Href,
      type: link.TypeLink,
      title: link.Title || "",
    })),
    images: (one.Images || []).map((image) => image.Href),
  }));
}

function library(feed) {
  return feed.entries.map((one) => ({
    title: one.title,
    identifier: one.id,
    authors: one.authors.map((author) => author.name),
    languages: [].concat(one.language || []),
    links: one.links
      .filter((link) => link.rel === OPEN)
      .map((link) => ({ href: link.href, type: link.type, title: link.title || "" })),
    images: one.links.filter((link) => link.rel.startsWith("http://opds-spec.org/image")).map((link) => link.href),
  }));
}

async function main() {
  initGlobalConverters_GENERIC();
  initGlobalConverters_OPDS();
  const xml = (await body(atom)).toString("utf8");
  const tree = new DOMParser().parseFromString(xml, "application/xml");
  const old = convertOpds1ToOpds2(XML.deserialize(tree, OPDS));
  const parsed = await new OPDSParser().parse(xml);
  const fresh = TaJsonDeserialize(JSON.parse((await body(json)).toString("utf8")), OPDSFeed);
  const found = {
    "Thorium, 1.2": await shown(atom, thorium(old)),
    "Thorium, 2.0": await shown(json, thorium(fresh)),
    "library, 1.2": await shown(atom, library(parsed)),
  };
  console.log(JSON.stringify(found));
}

main().catch((error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
