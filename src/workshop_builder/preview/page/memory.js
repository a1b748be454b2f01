// What is kept over a reload of the page, and only in this tab of the browser.

export function remember(key, value) {
  try { sessionStorage.setItem(key, JSON.stringify(value)) } catch { /* full or forbidden */ }
}

export function remembered(key, otherwise) {
  try { return JSON.parse(sessionStorage.getItem(key)) ?? otherwise } catch { return otherwise }
}
