import type { Chosen } from './Uploads';

/** The files of a field; of a whole folder, with their way below it. */
export function fromField(files: FileList | null): Chosen[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** The files that were dropped, with those in dropped folders. To be called at once: the drop is forgotten soon. */
export async function fromDrop(dropped: DataTransfer): Promise<Chosen[]> {
  const items = [...dropped.items].map((item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const found: Chosen[] = [];
  for (const { entry, file } of items) {
    if (entry) await collect(entry, found);
    // What another page hands over is a file without a place on a disk.
    else if (file) found.push({ path: file.name, file });
  }
  return found;
}

async function collect(entry: FileSystemEntry, into: Chosen[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    into.push({ path: entry.fullPath.slice(1), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives a hundred at a time, and none when it is through.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return;
    for (const inner of some) await collect(inner, into);
  }
}
