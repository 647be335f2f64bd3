/** Room on the file system that holds `folder`, in bytes. */
export type DiskSpace = (folder: string) => Promise<{ free: number; total: number }>;
