export default async function printFigures(): Promise<void> {}
