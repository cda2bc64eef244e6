import { toFailure, type Failure } from '../../api/failure';
import type { Entry } from './entries';
import type { Mark, Page } from './pages';

/** What is known of a list so far; a new one with each change, but for its entries, which may be a million. */
export interface Listed {
  entries: readonly Entry[];
  isLoading: boolean;
  isWhole: boolean;
  failure: Failure | undefined;
}

/** The entries of a folder, fetched page by page as somebody scrolls. */
export class Listing {
  readonly #load: (from: Mark | undefined) => Promise<Page>;
  readonly #listeners = new Set<() => void>();
  #entries: Entry[] = [];
  #next: Mark | undefined;
  #listed: Listed = { entries: [], isLoading: false, isWhole: false, failure: undefined };

  constructor(load: (from: Mark | undefined) => Promise<Page>) {
    this.#load = load;
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Listed => this.#listed;

  /** Fetches the next page, unless one is on its way or there is none; after a failure it tries again. */
  readonly more = () => {
    if (this.#listed.isLoading || this.#listed.isWhole) return;
    this.#tell({ isLoading: true, failure: undefined });
    this.#load(this.#next).then(
      ({ entries, next }) => {
        // Not spread: a copy of a million with each page would be felt.
        for (const entry of entries) this.#entries.push(entry);
        this.#next = next;
        this.#tell({ isLoading: false, isWhole: next === undefined });
      },
      (thrown: unknown) => {
        this.#tell({ isLoading: false, failure: toFailure(thrown) });
      },
    );
  };

  /** Forgets entries that were deleted. */
  readonly remove = (ids: ReadonlySet<string>) => {
    this.#entries = this.#entries.filter((entry) => !ids.has(entry.id));
    this.#tell({});
  };

  #tell(change: Partial<Listed>) {
    this.#listed = { ...this.#listed, entries: this.#entries, ...change };
    for (const listener of this.#listeners) listener();
  }
}
