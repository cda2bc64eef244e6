package coffer.http;

import coffer.api.Headers;

/**
 * A decoded head and what it says about the message around it.
 *
 * @param keepAlive whether the client wants to use the connection again
 * @param http10 whether it speaks HTTP/1.0, hence no chunks
 * @param expectsContinue whether it waits for a 100 before it sends its body
 * @param bodyBytes announced length, 0 without a body, {@link #CHUNKED} if it comes in chunks
 */
record RequestHead(
        String method,
        String target,
        Headers headers,
        boolean keepAlive,
        boolean http10,
        boolean expectsContinue,
        long bodyBytes) {
    static final long CHUNKED = -1;
}
