'use strict';

// Reads a request a line from standard input, and writes an answer a line to standard output.

const { answerLine } = require('./requests.js');

const LINE_FEED = 0x0a;

/** The lines of a stream of bytes, split at line feeds only. */
async function* linesOf(stream) {
  let pieces = [];
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      pieces.push(chunk.subarray(start, end));
      yield Buffer.concat(pieces).toString('utf8');
      pieces = [];
      start = end + 1;
    }
    pieces.push(chunk.subarray(start));
  }
  yield Buffer.concat(pieces).toString('utf8');
}

function write(text) {
  return new Promise((done, failed) => {
    process.stdout.write(text, (error) => (error ? failed(error) : done()));
  });
}

async function main() {
  for await (const line of linesOf(process.stdin)) {
    if (line.trim() !== '') await write(`${JSON.stringify(answerLine(line))}\n`);
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
