/** Tests of the HTTP front, most of them over real sockets on the loopback interface. */
@NullMarked
package coffer.http;

import org.jspecify.annotations.NullMarked;
