/** What the server says of itself to whoever asks. */
export interface Configuration {
  dataPort: number;
  region: string;
}

let known: Promise<Configuration> | undefined;

export function configuration(): Promise<Configuration> {
  known ??= fetch('./console.json').then((answer) => answer.json() as Promise<Configuration>);
  return known;
}

/** Where the data is: on the host of this page, on another port. */
export function dataHost(dataPort: number): string {
  const usual = location.protocol === 'https:' ? 443 : 80;
  return dataPort === usual ? location.hostname : `${location.hostname}:${dataPort}`;
}
