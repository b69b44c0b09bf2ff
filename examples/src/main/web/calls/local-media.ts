/** The user's own camera and microphone, as far as there are any and this page may use them. */

export type Kind = "audio" | "video";
export const KINDS: readonly Kind[] = ["audio", "video"];

/** Why there is no picture or no sound of ours. */
export type Obstacle = "missing" | "refused" | "in-use" | "unsupported";

export interface LocalMedia {
  readonly tracks: Readonly<Partial<Record<Kind, MediaStreamTrack>>>;
  readonly obstacles: Readonly<Partial<Record<Kind, Obstacle>>>;
}

export const NO_MEDIA: LocalMedia = { tracks: {}, obstacles: {} };

/** Asks the browser for devices, who may ask the user; undefined where a browser gives none to this page. */
export type OpenDevices = (kinds: readonly Kind[]) => Promise<readonly MediaStreamTrack[]>;

/** Opens both; where that fails, what there is. Never rejects: a call goes without. */
export async function openBoth(open: OpenDevices | undefined): Promise<LocalMedia> {
  const both = await openOnly(KINDS, open);
  if (both.obstacles.audio === undefined) {
    return both;
  }
  const audio = await openOnly(["audio"], open);
  // Who has just refused both is not asked a third time.
  const video = audio.obstacles.audio === "refused" ? obstructed(["video"], "refused") : await openOnly(["video"], open);
  return { tracks: { ...audio.tracks, ...video.tracks }, obstacles: { ...audio.obstacles, ...video.obstacles } };
}

/** Opens all of these kinds or none. */
export async function openOnly(kinds: readonly Kind[], open: OpenDevices | undefined): Promise<LocalMedia> {
  if (open === undefined) {
    return obstructed(kinds, "unsupported");
  }
  try {
    const tracks = await open(kinds);
    return { tracks: Object.fromEntries(tracks.map((track) => [track.kind, track])), obstacles: {} };
  } catch (error) {
    return obstructed(kinds, obstacleOf(error));
  }
}

/** Gives the devices back, so that their lights go out. */
export function stop(media: LocalMedia): void {
  KINDS.forEach((kind) => media.tracks[kind]?.stop());
}

function obstructed(kinds: readonly Kind[], obstacle: Obstacle): LocalMedia {
  return { tracks: {}, obstacles: Object.fromEntries(kinds.map((kind) => [kind, obstacle])) };
}

function obstacleOf(error: unknown): Obstacle {
  switch (error instanceof Error ? error.name : undefined) {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotReadableError":
    case "AbortError":
      return "in-use";
    default:
      return "missing";
  }
}

const DEVICE: Record<Kind, string> = { audio: "microphone", video: "camera" };

/** What to tell the user about devices that are not there; undefined when both are. */
export function obstacleWords({ obstacles }: LocalMedia): string | undefined {
  const { audio, video } = obstacles;
  if (audio === undefined && video === undefined) {
    return undefined;
  }
  if (audio !== undefined && video !== undefined) {
    return `${bothWords(audio, video)} You can see and hear the other side, but they cannot see or hear you.`;
  }
  return audio === undefined
    ? `${oneWords("video", video ?? "missing")} The others hear you, but do not see you.`
    : `${oneWords("audio", audio)} The others see you, but do not hear you.`;
}

function bothWords(audio: Obstacle, video: Obstacle): string {
  if (audio !== video) {
    return `${oneWords("audio", audio)} ${oneWords("video", video)}`;
  }
  switch (audio) {
    case "missing":
      return "No camera and no microphone were found.";
    case "refused":
      return "This page may not use your camera and microphone. You can allow it in the address bar.";
    case "in-use":
      return "Your camera and microphone are in use by another program.";
    case "unsupported":
      return "This browser gives a page its camera and microphone only over HTTPS.";
  }
}

export function oneWords(kind: Kind, obstacle: Obstacle): string {
  const device = DEVICE[kind];
  switch (obstacle) {
    case "missing":
      return `No ${device} was found.`;
    case "refused":
      return `This page may not use your ${device}. You can allow it in the address bar.`;
    case "in-use":
      return `Your ${device} is in use by another program.`;
    case "unsupported":
      return `This browser gives a page its ${device} only over HTTPS.`;
  }
}
