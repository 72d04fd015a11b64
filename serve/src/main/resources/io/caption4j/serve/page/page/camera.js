// A photograph: from the camera beside the page where the browser lets it, else by the phone's own
// camera program.

import { element } from './dom.js';

const dialog = element('camera');
const view = element('view');

function stop(stream) {
  stream?.getTracks().forEach((track) => track.stop());
  view.srcObject = null;
}

async function frame() {
  const canvas = document.createElement('canvas');
  canvas.width = view.videoWidth;
  canvas.height = view.videoHeight;
  canvas.getContext('2d').drawImage(view, 0, 0);
  const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.92); });
  return new File([blob], 'photograph.jpg', { type: 'image/jpeg' });
}

/** Resolves to a picture, or to nothing if none was taken. */
export async function takePhotograph() {
  if (!navigator.mediaDevices) { // pages that are not https have none
    element('capture').click();
    return null;
  }
  element('camera-error').hidden = true;
  dialog.showModal();
  let stream = null;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    view.srcObject = stream;
    element('shoot').disabled = false;
  } catch {
    element('camera-error').textContent = 'There is no camera, or it may not be used.';
    element('camera-error').hidden = false;
    element('shoot').disabled = true;
  }
  const picture = await new Promise((done) => {
    element('shoot').onclick = async () => done(view.videoWidth > 0 ? await frame() : null);
    element('camera-close').onclick = () => done(null);
    dialog.oncancel = () => done(null);
  });
  stop(stream);
  dialog.close();
  return picture;
}
