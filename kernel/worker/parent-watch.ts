/** Time between two looks at the parent [ms]. */
const interval = 500;

/**
 * Call `died` when the process that started this kernel ends without having shut it down. Jupyter names that process
 * in JPY_PARENT_PID; without it the kernel was started by hand, and its parent may go.
 */
export function watchParent(died: () => void): void {
  if (process.env["JPY_PARENT_PID"] === undefined) return;
  // An orphan gets another parent, whatever became of the old one's number.
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    died();
  }, interval);
}
