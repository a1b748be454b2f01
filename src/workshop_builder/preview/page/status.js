// The line that tells whether the preview is up to date.

const line = document.getElementById('status')
const ended = 'The preview has ended. Start it again: workshop preview'

// Shows the status of `state` while `tab` is viewed; without a state, that the server is gone.
export function setStatus(state, tab) {
  const [kind, text] = state ? status(state, tab) : ['gone', ended]
  if (line.textContent !== text) line.textContent = text
  line.dataset.kind = kind
}

function status(state, tab) {
  const restarted = state.restarted ? 'The build process stopped and was restarted. ' : ''
  const doing = tab?.draft ? 'Draft; finishing the document' : 'Building'
  const { problems } = state
  if (state.busy) return ['busy', `${restarted}${doing}…`]
  if (problems.length) return ['wrong', `${restarted}Not built: ${counted(problems.length)} to fix`]
  const time = new Date(1000 * state.finishedAt).toLocaleTimeString('en-GB')
  return ['good', `${restarted}Up to date at ${time}`]
}

export const counted = number => number === 1 ? '1 problem' : `${number} problems`
