/** What happens to objects, and the queues of those who are to hear of it. */
@NullMarked
package coffer.event;

import org.jspecify.annotations.NullMarked;
