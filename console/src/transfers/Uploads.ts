import type COS from 'cos-js-sdk-v5';
import { toFailure, type Failure } from '../api/failure';
import { many } from '../pages/objects/entries';

export type UploadState = 'waiting' | 'running' | 'paused' | 'done' | 'failed';

/** A file on its way into a bucket. */
export interface Upload {
  id: number;
  bucket: string;
  key: string;
  file: File;
  state: UploadState;
  /** In bytes. */
  loaded: number;
  failure?: Failure;
  /** By which the SDK knows it while it runs. */
  task?: string;
}

/** A file and where it is to stand below the folder it is uploaded to. */
export interface Chosen {
  path: string;
  file: File;
}

/** All uploads as they are; a new one with each change. */
export interface UploadsNow {
  items: readonly Upload[];
  /** Grows each time that all there was to do is done. */
  rounds: number;
}

const AT_ONCE = 3;
const PART = 8 * 1024 * 1024;
/** Progress is told this seldom, in milliseconds. */
const PACE = 200;

/**
 * Uploads files, few at a time. An upload that was stopped, by whatever, goes on where it was when it is started anew:
 * the SDK finds its parts on the server.
 */
export class Uploads {
  readonly #cos: COS;
  readonly #region: string;
  readonly #listeners = new Set<() => void>();
  readonly #items = new Map<number, Upload>();
  #now: UploadsNow = { items: [], rounds: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;

  constructor(cos: COS, region: string) {
    this.#cos = cos;
    this.#region = region;
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): UploadsNow => this.#now;

  add(bucket: string, prefix: string, files: readonly Chosen[]) {
    for (const { path, file } of files) {
      const id = ++this.#lastId;
      this.#items.set(id, { id, bucket, key: prefix + path, file, state: 'waiting', loaded: 0 });
    }
    this.#pump();
  }

  pause(id: number) {
    const item = this.#items.get(id);
    if (item?.state !== 'running' && item?.state !== 'waiting') return;
    this.#stop(item);
    item.state = 'paused';
    this.#pump();
  }

  /** Goes on with what is paused or failed. */
  resume(id: number) {
    const item = this.#items.get(id);
    if (item?.state !== 'paused' && item?.state !== 'failed') return;
    item.state = 'waiting';
    item.failure = undefined;
    this.#pump();
  }

  /** Gives an upload up, with its parts on the server. */
  cancel(id: number) {
    const item = this.#items.get(id);
    if (!item) return;
    const isBegun = item.state !== 'done' && item.file.size > PART;
    this.#stop(item);
    this.#items.delete(id);
    this.#pump();
    // What cannot be removed now is shown by nobody's waiting: rules of the bucket remove it in time.
    if (isBegun) this.#abort(item).catch(() => undefined);
  }

  /** Stops all that runs, as when the keys end. */
  stopAll() {
    for (const item of this.#items.values()) this.#stop(item);
  }

  /** Forgets what is done. */
  clear() {
    for (const item of [...this.#items.values()]) if (item.state === 'done') this.#items.delete(item.id);
    this.#tell();
  }

  #stop(item: Upload) {
    if (item.task) this.#cos.cancelTask(item.task);
    item.task = undefined;
  }

  async #abort({ bucket, key }: Upload) {
    const asked = { Bucket: bucket, Region: this.#region, Prefix: key, Delimiter: '' };
    const answer: COS.MultipartListResult = await this.#cos.multipartList(asked);
    const newest = many(answer.Upload)
      .filter((found) => found.Key === key)
      .sort((a, b) => (a.Initiated < b.Initiated ? 1 : -1))[0];
    if (newest) {
      await this.#cos.multipartAbort({
        Bucket: bucket,
        Region: this.#region,
        Key: key,
        UploadId: newest.UploadId,
      });
    }
  }

  #pump() {
    let running = 0;
    for (const item of this.#items.values()) if (item.state === 'running') running++;
    for (const item of this.#items.values()) {
      if (running >= AT_ONCE) break;
      if (item.state !== 'waiting') continue;
      running++;
      this.#start(item);
    }
    this.#tell();
  }

  #start(item: Upload) {
    item.state = 'running';
    let task = '';
    this.#cos
      .uploadFile({
        Bucket: item.bucket,
        Region: this.#region,
        Key: item.key,
        Body: item.file,
        SliceSize: PART,
        ChunkSize: PART,
        onTaskReady: (id) => {
          task = id;
          item.task = id;
        },
        onProgress: ({ loaded }) => {
          if (item.task !== task) return;
          item.loaded = loaded;
          this.#tellSoon();
        },
      })
      .then(
        () => {
          this.#end(item, task, undefined);
        },
        (thrown: unknown) => {
          this.#end(item, task, toFailure(thrown));
        },
      );
  }

  #end(item: Upload, task: string, failure: Failure | undefined) {
    if (item.task !== task) return;
    item.task = undefined;
    item.failure = failure;
    item.state = failure ? 'failed' : 'done';
    if (!failure) item.loaded = item.file.size;
    const isRound = [...this.#items.values()].every(
      ({ state }) => state !== 'running' && state !== 'waiting',
    );
    if (isRound) this.#now = { ...this.#now, rounds: this.#now.rounds + 1 };
    this.#pump();
  }

  #tellSoon() {
    this.#timer ??= setTimeout(() => {
      this.#tell();
    }, PACE);
  }

  #tell() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#now = { ...this.#now, items: [...this.#items.values()] };
    for (const listener of this.#listeners) listener();
  }
}
