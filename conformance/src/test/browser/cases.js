'use strict';
// Runs the cases of a page and shows one JSON line a case.

const parameters = new URLSearchParams(location.search);
const Region = parameters.get('region');
const at = { Bucket: parameters.get('bucket'), Region };
const MIB = 1024 * 1024;

const cases = [];

function add(name, run) {
  cases.push({ name, run });
}

function equal(actual, expected) {
  if (actual !== expected) throw new Error(`${actual} instead of ${expected}`);
}

async function refusal(call) {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('not refused');
}

async function main() {
  for (const { name, run } of cases) {
    const result = { case: name, ok: true, message: '' };
    try {
      await run();
    } catch (error) {
      result.ok = false;
      result.message = `${error && error.message} ${JSON.stringify(error)}`;
    }
    document.getElementById('results').append(`\n${JSON.stringify(result)}\n`);
  }
  document.title = 'done';
}

addEventListener('load', main);
