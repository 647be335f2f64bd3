// Blocking and tiny on purpose: a remembered theme has to stand before the first paint.
(function () {
  try {
    var theme = localStorage.getItem('encore.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be blocked; then the system's theme is used.
  }
})();
