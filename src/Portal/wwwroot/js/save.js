// Files that a page makes and the browser keeps.

// A data address as bytes, without a request: the content policy allows none but to this portal.
export function bytes(address, type) {
  const at = address.indexOf(',');
  const body = address.slice(at + 1);
  const isBase64 = address.slice(0, at).endsWith(';base64');
  return new Blob([isBase64 ? Uint8Array.from(atob(body), letter => letter.charCodeAt(0)) : decodeURIComponent(body)], { type });
}

export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
