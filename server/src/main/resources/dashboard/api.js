// The page's only way to the server: the public API.

/** An answer that is not what was asked for; its message is for people. */
export class ApiError extends Error {}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new ApiError("Segue does not answer. Check that the server is running.");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new ApiError(body?.detail ?? `The server replied with status ${response.status}.`);
  }
  return body;
}

export const info = () => ask("/v1/info");

export const item = (id) => ask(`/v1/items/${encodeURIComponent(id)}`);

export async function search(domain, query, signal) {
  const parameters = new URLSearchParams({ domain, query, limit: "20" });
  return (await ask(`/v1/items?${parameters}`, { signal })).items;
}

export function recommend(request, signal) {
  return ask("/v1/recommend", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
    signal,
  });
}
