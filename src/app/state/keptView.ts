/** A view into nets that was kept with a run: what it said then, its picture, and how to open it again. */

export const pictureTypes = ['image/svg+xml', 'image/png'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** What is known of a picture without reading it. */
export interface KeptPicture {
  readonly type: PictureType;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface KeptView {
  /** Unique among those of its run. */
  readonly id: string;
  /** The view's name. */
  readonly name: string;
  /** What it answers, and what it said. */
  readonly question: string;
  readonly summary: string;
  /** The view of these very nets, by their ids, at this moment: what stands behind `&view=` of a link. */
  readonly address: string;
  /** Steps after which the nets were looked at. */
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly made: number;
  /** Null where it was too large to be kept. */
  readonly picture: KeptPicture | null;
}

/** A view that is to be kept with runs, with the file of its picture. */
export interface ViewToKeep extends Omit<KeptView, 'id' | 'made' | 'picture'> {
  readonly picture: { readonly type: PictureType; readonly file: ArrayBuffer } | null;
}

/** As many as are kept of a run, and how large the picture of one may be. */
export const MOST_VIEWS = 40;
export const MOST_PICTURE_BYTES = 2 ** 20;
