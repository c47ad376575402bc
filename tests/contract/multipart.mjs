// multipart/form-data (RFC 7578) as far as the contract needs it: taken apart to be judged, and put together to be sent.
// It must never alter the bytes of a file.

const LINE = Buffer.from('\r\n');
const BLANK_LINE = Buffer.from('\r\n\r\n');

/**
 * The parts of a form, `[{name, filename, type, bytes}]`, or nothing where it is none: no boundary, no last boundary, or a part without name.
 * `filename` and `type` are absent where the part has none.
 */
export function readForm(contentType, body) {
  const boundary = boundaryOf(contentType);
  if (!boundary) return undefined;
  // The line break before a boundary belongs to the boundary; the first one may stand at the very beginning.
  const marker = Buffer.from(`\r\n--${boundary}`);
  const text = Buffer.concat([LINE, body]);
  const parts = [];
  let at = text.indexOf(marker);
  while (at >= 0) {
    const start = at + marker.length;
    if (text.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const next = text.indexOf(marker, start);
    const part = next < 0 ? undefined : readPart(text.subarray(start, next));
    if (!part) return undefined;
    parts.push(part);
    at = next;
  }
  return undefined;
}

/** Whether the header of a form names the boundary that its parts stand between. */
export function boundaryOf(contentType) {
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '');
  return found?.[1] ?? found?.[2];
}

/** `{contentType, body}` of a form with these parts, `[{name, filename?, type?, bytes}]`. */
export function writeForm(parts, boundary) {
  const pieces = parts.flatMap(({ name, filename, type, bytes }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`,
    filename === undefined ? '' : `; filename="${quoted(filename)}"`,
    type === undefined ? '' : `\r\nContent-Type: ${type}`,
    BLANK_LINE,
    bytes,
    LINE,
  ]);
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

function readPart(bytes) {
  const end = bytes.indexOf(BLANK_LINE);
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end).toString('utf8');
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(head)?.[1];
  const name = parameter(disposition, 'name');
  if (name === undefined) return undefined;
  return {
    name,
    filename: parameter(disposition, 'filename'),
    type: /^content-type:\s*([^\s;]+)/im.exec(head)?.[1].toLowerCase(),
    bytes: bytes.subarray(end + BLANK_LINE.length),
  };
}

function parameter(disposition, name) {
  const found = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition ?? '');
  return found?.[1].replaceAll('%22', '"').replaceAll('%0D%0A', '\r\n');
}

/** As browsers write names (the HTML standard's rule). */
function quoted(text) {
  return text.replaceAll('"', '%22').replaceAll(/\r\n|\r|\n/g, '%0D%0A');
}
