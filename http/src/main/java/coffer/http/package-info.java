/**
 * The HTTP/1.1 front: bytes to {@link coffer.api.HttpRequest}, {@link coffer.api.CosResponse} to bytes, with limits,
 * time-outs and back-pressure. Event loops only move bytes; each request runs on a virtual thread of its own. Nothing
 * here knows what a bucket is.
 *
 * <p>Heads are decoded and encoded here rather than by Netty's codec: that one joins folded header lines, takes a
 * carriage return for a blank in the request line, has no limit on the number of headers and decodes pipelined requests
 * ahead of the one being answered. All four are things we promise not to do.
 */
@NullMarked
package coffer.http;

import org.jspecify.annotations.NullMarked;
