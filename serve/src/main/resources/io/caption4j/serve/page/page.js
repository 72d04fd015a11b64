// The upload page: a picture goes to /model/predict, the captions come back.

const element = (id) => document.getElementById(id);
const file = element('file');
const drop = element('drop');
const preview = element('preview');

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumSignificantDigits: 2 });
const SMALLEST = 1e-6;

let running = null; // aborts the request of a picture that another one has replaced

function show(id, visible) {
  element(id).hidden = !visible;
}

function say(text) {
  element('status').textContent = text;
  show('status', text !== '');
}

function fail(message) {
  element('error').textContent = message;
  show('error', true);
  say('');
}

function formatted(probability) {
  return probability >= SMALLEST ? percent.format(probability) : `under ${percent.format(SMALLEST)}`;
}

function node(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function captionItem({ caption, probability }, likeliest) {
  const item = document.createElement('li');
  const bar = node('div', 'bar');
  const filled = document.createElement('span');
  filled.style.width = `${(100 * probability) / likeliest}%`;
  bar.setAttribute('aria-hidden', 'true'); // the percentage beside it says the same
  bar.append(filled);
  item.append(node('span', 'text', caption), node('span', 'probability', formatted(probability)), bar);
  return item;
}

function showCaptions(predictions) {
  const likeliest = Math.max(...predictions.map((p) => p.probability), Number.MIN_VALUE);
  element('captions').replaceChildren(...predictions.map((p) => captionItem(p, likeliest)));
  show('captions', true);
  show('legend', true);
  preview.alt = predictions[0]?.caption ?? '';
}

function showPicture(picture) {
  if (preview.src) {
    URL.revokeObjectURL(preview.src);
  }
  preview.src = URL.createObjectURL(picture);
  preview.alt = '';
  show('preview', true);
  element('icon').style.display = 'none';
  drop.classList.add('filled');
  element('choose').textContent = 'Choose another';
  element('name').textContent = picture.name ?? '';
}

async function predict(picture, signal) {
  const form = new FormData();
  form.append('image', picture);
  const response = await fetch('model/predict', { method: 'POST', body: form, signal });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.message);
  }
  return answer.predictions;
}

async function caption(picture) {
  running?.abort();
  const request = new AbortController();
  running = request;
  showPicture(picture);
  for (const id of ['error', 'captions', 'legend']) {
    show(id, false);
  }
  say('Looking at the picture …');
  document.body.classList.add('busy');
  try {
    const predictions = await predict(picture, request.signal);
    say('');
    showCaptions(predictions);
  } catch (error) {
    if (request.signal.aborted) {
      return; // the newer picture owns the page now
    }
    // fetch reports a connection that fails as a TypeError, with words that differ by browser
    fail(error instanceof TypeError ? 'The service does not answer. Is it still running?' : error.message);
  } finally {
    if (running === request) {
      document.body.classList.remove('busy');
    }
  }
}

function firstFile(transfer) {
  return transfer ? [...transfer.files][0] : undefined;
}

function captionFirst(transfer) {
  const picture = firstFile(transfer);
  if (picture) {
    caption(picture);
  }
}

file.addEventListener('change', () => captionFirst(file));
file.addEventListener('click', () => { file.value = ''; }); // so that the same file can be chosen again
preview.addEventListener('error', () => show('preview', false)); // a format that only the service reads
document.addEventListener('paste', (event) => captionFirst(event.clipboardData));
document.addEventListener('dragover', (event) => {
  event.preventDefault(); // else the browser would leave the page for the picture
  drop.classList.add('over');
});
document.addEventListener('dragleave', () => drop.classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  captionFirst(event.dataTransfer);
});

try {
  const { name, description, license } = await (await fetch('model/metadata')).json();
  element('model').textContent = `Model: ${name} (${description}; ${license})`;
} catch {
  element('model').textContent = '';
}
