/** What monitoring systems ask the server: its metrics and its health. */
@NullMarked
package coffer.monitoring;

import org.jspecify.annotations.NullMarked;
