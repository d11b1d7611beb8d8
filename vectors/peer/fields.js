'use strict';

// The kinds of fields of a document: how a value is read, with all of its faults, and written.

const { Refusal, refuseUnless } = require('./refusal.js');

// What a refused value is read as. Null is a value that is not given.
const FAULTY = undefined;

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathOf(path, key) {
  return path === '' ? key : `${path}.${key}`;
}

/** Reads a value; if it is refused, its path is a fault. */
function readAt(read, value, path, faults) {
  try {
    return read(value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    faults.push(path);
    return FAULTY;
  }
}

/** Every item is read by itself, and what is faulty below it makes it faulty. */
function readItems(value, path, faults, readItem) {
  if (!Array.isArray(value)) {
    faults.push(path);
    return FAULTY;
  }
  return value.map((item, index) => {
    const before = faults.length;
    const result = readItem(item, `${path}[${index}]`);
    return faults.length === before ? result : FAULTY;
  });
}

function readObject(value, fields, path, faults) {
  if (!isObject(value)) {
    faults.push(path);
    return FAULTY;
  }
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(fields, key)) faults.push(pathOf(path, key));
  }
  const result = {};
  for (const [key, field] of Object.entries(fields)) {
    const given = Object.hasOwn(value, key) ? value[key] : null;
    if (given !== null) result[key] = field.read(given, pathOf(path, key), faults);
    else if (field.required) faults.push(pathOf(path, key));
    else result[key] = field.otherwise;
  }
  return result;
}

/** At fault: the second and each later of the items with one key. Faulty ones are passed over. */
function repeatedIndexes(items, keyOf) {
  const seen = new Set();
  const repeated = [];
  items.forEach((item, index) => {
    if (item === FAULTY) return;
    const key = keyOf(item);
    if (seen.has(key)) repeated.push(index);
    seen.add(key);
  });
  return repeated;
}

// The kinds of fields. `write` is left out where a value is written as it is.

function single(read, more) {
  return { read: (value, path, faults) => readAt(read, value, path, faults), otherwise: null, ...more };
}

function flag(otherwise) {
  return single((value) => {
    refuseUnless(typeof value === 'boolean', 'no flag');
    return value;
  }, { otherwise });
}

function oneOf(choices, otherwise) {
  return single((value) => {
    refuseUnless(choices.includes(value), 'no choice');
    return value;
  }, { otherwise });
}

function object(fields, check) {
  return {
    read(value, path, faults) {
      const result = readObject(value, fields, path, faults);
      if (result !== FAULTY) check(result, path, faults);
      return result;
    },
    otherwise: null,
    write: (value) => writeObject(value, fields),
  };
}

function objects(fields, more) {
  return {
    read: (value, path, faults) => readItems(
      value, path, faults, (item, itemPath) => readObject(item, fields, itemPath, faults),
    ),
    otherwise: [],
    write: (items) => items.map((item) => writeObject(item, fields)),
    ...more,
  };
}

function required(field) {
  return { ...field, required: true };
}

/** Objects of which no two have the same of any of `keys`; two are a fault of the whole array, if every one is sound. */
function distinctObjects(fields, keys, more) {
  const field = objects(fields, more);
  return {
    ...field,
    read(value, path, faults) {
      const items = field.read(value, path, faults);
      const sound = items !== FAULTY && !items.includes(FAULTY);
      if (sound && keys.some((keyOf) => repeatedIndexes(items, keyOf).length > 0)) faults.push(path);
      return items;
    },
  };
}

function isDefault(value, otherwise) {
  return value === null || value === otherwise
    || Array.isArray(value) && Array.isArray(otherwise) && value.length === 0;
}

function writeObject(value, fields) {
  const written = {};
  for (const [key, field] of Object.entries(fields)) {
    if (isDefault(value[key], field.otherwise)) continue;
    written[key] = field.write ? field.write(value[key]) : value[key];
  }
  return written;
}

module.exports = {
  FAULTY, isObject, readAt, readItems, readObject, repeatedIndexes, single, flag, oneOf, object, objects, distinctObjects,
  required, writeObject,
};
