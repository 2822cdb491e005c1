import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { OwnImage } from '../../../protocol/inside.ts';
import { closeCamera, openCamera } from './camera.ts';
import { picture as words } from './enPicture.ts';
import { squareOf } from './readPicture.ts';

interface Props {
  readonly onShot: (picture: Promise<OwnImage>) => void;
  readonly onFault: (why: string) => void;
  readonly onClose: () => void;
}

/** What the camera sees, and the press that takes it. The camera is on as long as this is shown. */
export function CameraShot({ onShot, onFault, onClose }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [isReady, setReady] = useState(false);
  const fault = useEffectEvent((why: string) => onFault(why));
  useEffect(() => {
    let opened: MediaStream | null = null;
    let isOver = false;
    const open = async () => {
      try {
        const stream = await openCamera();
        if (isOver) {
          closeCamera(stream);
          return;
        }
        opened = stream;
        const [track] = stream.getVideoTracks();
        track?.addEventListener('ended', () => fault(words.cameraFaults.busy));
        if (video.current) video.current.srcObject = stream;
      } catch (error) {
        if (!isOver) fault(error instanceof Error ? error.message : String(error));
      }
    };
    void open();
    return () => {
      isOver = true;
      if (opened) closeCamera(opened);
    };
  }, []);

  return (
    <div className="picture-camera">
      <video
        ref={video}
        aria-label={words.seen}
        autoPlay
        muted
        playsInline
        onLoadedData={() => setReady(true)}
      />
      <div className="picture-ways">
        <button
          type="button"
          className="button-small"
          data-focus-next="[data-picture=camera]"
          disabled={!isReady}
          onClick={() => {
            const shown = video.current;
            if (shown) onShot(shotOf(shown));
          }}
        >
          {words.take}
        </button>
        <button
          type="button"
          className="button-small"
          data-focus-next="[data-picture=camera]"
          onClick={onClose}
        >
          {words.stop}
        </button>
      </div>
    </div>
  );
}

/** What is seen now. It is copied at once: the camera goes out meanwhile. */
async function shotOf(video: HTMLVideoElement): Promise<OwnImage> {
  const frame = await createImageBitmap(video);
  try {
    return await squareOf(frame, frame.width, frame.height);
  } finally {
    frame.close();
  }
}
