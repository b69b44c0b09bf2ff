/** Two soft notes, every few seconds. */

const NOTES_HZ = [587, 784];
const NOTE_S = 0.35;
const EVERY_MS = 3_000;
const LOUDNESS = 0.08;

/** Rings until the returned function is called; silently where the browser allows no sound before the first click. */
export function ring(): () => void {
  const sound = new AudioContext();
  const strike = (): void => NOTES_HZ.forEach((pitch, index) => note(sound, pitch, sound.currentTime + index * NOTE_S));
  strike();
  const timer = setInterval(strike, EVERY_MS);
  return () => {
    clearInterval(timer);
    void sound.close();
  };
}

function note(sound: AudioContext, pitch: number, start: number): void {
  const tone = new OscillatorNode(sound, { type: "sine", frequency: pitch });
  const volume = new GainNode(sound, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S);
  tone.connect(volume).connect(sound.destination);
  tone.start(start);
  tone.stop(start + NOTE_S);
}
