/**
 * The Security Token Service: temporary keys, what they are made of and how they are checked, and the API of the cloud
 * that hands them out. What a temporary key may do is decided where that of all others is.
 */
@NullMarked
package coffer.sts;

import org.jspecify.annotations.NullMarked;
