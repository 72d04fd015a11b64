// Speaks with the service: what it can, and captions as a stream of events.

const RETRIES = 4;
const UNREACHABLE = 'The service does not answer. Is it still running?';

/** A refusal in the service's own words. */
export class Refusal extends Error {
  constructor({ status, message, expected }) {
    super(expected ? `${message} Expected: ${expected}` : message);
    this.status = status;
  }
}

const unreachable = () => new Refusal({ status: 0, message: UNREACHABLE });

/** What comes over a connection. One that fails is a TypeError, with words that differ by browser. */
async function received(promise) {
  try {
    return await promise;
  } catch (error) {
    throw error instanceof TypeError ? unreachable() : error;
  }
}

async function ask(path, options, key) {
  const headers = { ...options.headers, ...(key ? { 'X-API-Key': key } : {}) };
  const response = await received(fetch(path, { ...options, headers }));
  if (!response.ok) {
    const body = await response.json().catch(() => ({ message: `The service answered ${response.status}.` }));
    const refusal = new Refusal({ ...body, status: response.status });
    refusal.retryAfter = Number(response.headers.get('Retry-After'));
    throw refusal;
  }
  return response;
}

/** What the model and the service can. */
export async function facts(key) {
  return received((await ask('v1/model', {}, key)).json());
}

/** Events of a stream as the HTML standard frames them; the service writes one data line each. */
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const read = () => received(reader.read());
  for (let part = await read(); !part.done; part = await read()) {
    text += part.value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const field = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      yield { event: field('event'), data: JSON.parse(field('data')) };
    }
  }
}

/** Asks; a service that is busy is asked again after the time it names. */
async function askPatiently(path, options, key) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask(path, options, key);
    } catch (error) {
      if (error.status !== 503 || attempt === RETRIES) {
        throw error;
      }
      await new Promise((done) => { setTimeout(done, 1000 * (error.retryAfter || 1)); });
    }
  }
}

/** Where in a picture the words of a sentence belong. */
export async function align(picture, caption, key) {
  const body = new FormData();
  body.append('image', picture);
  body.append('caption', caption);
  return received((await askPatiently('v1/align', { method: 'POST', body }, key)).json());
}

/** The objects of a picture. */
export async function objects(picture, key, signal) {
  return received((await askPatiently('v1/objects', { method: 'POST', body: picture, signal }, key)).json());
}

/** Pictures of the service's folder that fit some words. */
export async function search(words, key) {
  return received((await ask(`v1/search?${new URLSearchParams({ q: words })}`, {}, key)).json());
}

/** A picture of the folder, made small. */
export async function image(id, key) {
  return received((await askPatiently(`v1/search/images/${id}`, {}, key)).blob());
}

/** Captions a picture. Yields each word of the best caption, then the whole result, or throws. */
export async function* captions(picture, query, key, signal) {
  const options = { method: 'POST', body: picture, signal, headers: { Accept: 'text/event-stream' } };
  const response = await askPatiently(`v1/captions?${query}`, options, key);
  let whole = false;
  for await (const { event, data } of events(response.body)) {
    if (event === 'error' || data.error) {
      throw new Refusal(data.error ?? data);
    }
    if (event !== 'done') {
      whole ||= event === 'result';
      yield { event, data };
    }
  }
  if (!whole) {
    throw unreachable();
  }
}
