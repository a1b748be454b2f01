// What is remembered when the page is reloaded, in this tab of the browser only.

export function remember(key, value) {
  try { sessionStorage.setItem(key, JSON.stringify(value)) } catch { /* full or forbidden */ }
}

export function remembered(key, otherwise) {
  try { return JSON.parse(sessionStorage.getItem(key)) ?? otherwise } catch { return otherwise }
}
