/** A camera for one picture: opened when asked for, and let go after it. */
import { picture as words } from './enPicture.ts';
import { PictureError } from './readPicture.ts';

/** Rejects with a PictureError. The tracks belong to the caller, who stops them. */
export async function openCamera(): Promise<MediaStream> {
  // In an insecure place there is none, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new PictureError(words.cameraFaults.missing);
  try {
    return await devices.getUserMedia({ audio: false, video: { facingMode: 'environment' } });
  } catch (cause) {
    throw new PictureError(faultOf(cause), { cause });
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function faultOf(error: unknown): string {
  const faults = words.cameraFaults;
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return faults.denied;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return faults.none;
    case 'NotReadableError':
    case 'AbortError':
      return faults.busy;
    default:
      return faults.failed(error instanceof Error ? error.message : String(error));
  }
}
