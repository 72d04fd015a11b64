// A photograph: from the camera beside the page where the browser lets it, else by the phone's own
// camera program.

import { element } from './dom.js';

const dialog = element('camera');
const view = element('view');
const shoot = element('shoot');

function stop(stream) {
  stream.getTracks().forEach((track) => track.stop());
  if (view.srcObject === stream) {
    view.srcObject = null;
  }
}

async function frame() {
  const canvas = document.createElement('canvas');
  canvas.width = view.videoWidth;
  canvas.height = view.videoHeight;
  canvas.getContext('2d').drawImage(view, 0, 0);
  const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.92); });
  return new File([blob], 'photograph.jpg', { type: 'image/jpeg' });
}

/** Shows what the camera sees until `over` is aborted. */
async function look(over) {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    if (over.aborted) { // while the browser asked whether it may
      stop(stream);
      return;
    }
    over.addEventListener('abort', () => stop(stream));
    view.srcObject = stream;
  } catch {
    if (!over.aborted) {
      element('camera-error').textContent = 'There is no camera, or it may not be used.';
      element('camera-error').hidden = false;
      shoot.disabled = true;
    }
  }
}

/** Resolves to a picture, or to nothing if none was taken. */
export async function takePhotograph() {
  if (!navigator.mediaDevices) { // pages that are not https have none
    element('capture').click();
    return null;
  }
  element('camera-error').hidden = true;
  shoot.disabled = false;
  const chosen = new Promise((done) => {
    shoot.onclick = async () => {
      if (view.videoWidth > 0) {
        done(await frame());
      }
    };
    element('camera-close').onclick = () => dialog.close();
    dialog.onclose = () => done(null); // also by Esc
  });
  dialog.showModal();
  const over = new AbortController();
  look(over.signal); // not awaited: the dialog can be closed before the browser has asked
  const picture = await chosen;
  over.abort();
  dialog.close();
  return picture;
}
